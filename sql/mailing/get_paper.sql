-- The receipt in force of a letter, and whether its reader may still have it: `bar` is empty then.
SELECT coalesce(receipt_bar(s.subscriber_id, CAST(:account_id AS integer), :today, :last_day),
                CASE WHEN lower(s.email) <> lower(:recipient) THEN 'moved' END, '') AS bar,
       (SELECT CAST(r.receipt AS text)
          FROM receipt r
          JOIN subscriber_account link
            ON link.account_id = r.account_id AND link.owner_key = r.owner_key
         WHERE link.subscriber_id = s.subscriber_id
           AND r.account_id = CAST(:account_id AS integer)
           AND r.period = :period
         ORDER BY r.version DESC
         LIMIT 1) AS receipt
  FROM subscriber s
 WHERE s.subscriber_id = CAST(:subscriber_id AS integer)
