-- A letter for each work of the last week that was moved to another year, one a subscriber, however
-- many accounts he has in the house.
INSERT INTO letter (message_id, name, recipient, subscriber_id, account_id, work_move_id, is_bulk,
                    facts)
SELECT concat('<', replace(CAST(gen_random_uuid() AS text), '-', ''), '@', CAST(:domain AS text),
              '>'),
       :name, his.email, his.subscriber_id, his.account_id, m.work_move_id, true,
       CAST(:facts AS bytea)
  FROM (SELECT DISTINCT ON (s.subscriber_id, p.house_id)
               s.subscriber_id, s.email, link.account_id, p.house_id
          FROM subscriber s
          JOIN subscriber_account link USING (subscriber_id)
         CROSS JOIN LATERAL account_state_on(link.account_id, :today) state
          JOIN premises p ON p.premises_id = state.premises_id
         WHERE s.subscriber_id = ANY (CAST(:subscribers AS integer[]))
           AND state.owner_key = link.owner_key
           AND s.deleted_at IS NULL AND s.blocked_at IS NULL AND s.email_confirmed_at IS NOT NULL
           AND NOT EXISTS (SELECT FROM email_refused WHERE email = lower(s.email))
         ORDER BY s.subscriber_id, p.house_id, link.account_id) his
  JOIN work_move m ON m.house_id = his.house_id
                  AND m.moved_at > CAST(:now AS timestamptz) - interval '7 days'
    ON CONFLICT (work_move_id, subscriber_id) WHERE work_move_id IS NOT NULL DO NOTHING
