-- A reminder for each account with a debt for the month or earlier ones; once for a month.
INSERT INTO letter (message_id, name, recipient, subscriber_id, account_id, period, is_bulk, facts)
SELECT concat('<', replace(CAST(gen_random_uuid() AS text), '-', ''), '@', CAST(:domain AS text),
              '>'),
       :name, s.email, s.subscriber_id, link.account_id, :period, true, CAST(:facts AS bytea)
  FROM subscriber s
  JOIN subscriber_account link USING (subscriber_id)
 CROSS JOIN LATERAL reminder_debt(s.subscriber_id, link.account_id, :period, :today) debt
 WHERE s.subscriber_id = ANY (CAST(:subscribers AS integer[]))
   AND debt.principal > 0
    ON CONFLICT (name, account_id, period, subscriber_id) WHERE period IS NOT NULL DO NOTHING
