-- A letter for each payment of the last day, whoever told us of it; of the former owner's, none.
INSERT INTO letter (message_id, name, recipient, subscriber_id, account_id, payment_id, is_bulk,
                    facts)
SELECT concat('<', replace(CAST(gen_random_uuid() AS text), '-', ''), '@', CAST(:domain AS text),
              '>'),
       :name, s.email, s.subscriber_id, link.account_id, p.payment_id, true, CAST(:facts AS bytea)
  FROM subscriber s
  JOIN subscriber_account link USING (subscriber_id)
 CROSS JOIN LATERAL account_state_on(link.account_id, :today) state
  -- the index knows when it was paid: a registry is late by days, not by weeks
  JOIN payment p ON p.account_id = link.account_id
                AND p.paid_at > CAST(:now AS timestamptz) - interval '14 days'
                AND p.booked_at > CAST(:now AS timestamptz) - interval '1 day'
 WHERE s.subscriber_id = ANY (CAST(:subscribers AS integer[]))
   AND p.principal + p.penalty > 0
   AND p.withdrawn_by IS NULL
   AND state.owner_key = link.owner_key
   AND (state.owner_since IS NULL OR p.paid_at >= state.owner_since)
   AND s.deleted_at IS NULL AND s.blocked_at IS NULL AND s.email_confirmed_at IS NOT NULL
   AND NOT EXISTS (SELECT FROM email_refused WHERE email = lower(s.email))
    ON CONFLICT (payment_id, subscriber_id) WHERE payment_id IS NOT NULL DO NOTHING
