-- The next letters, as many as there are free slots, and of a mailing as many as its domains have.
WITH terms AS (
    SELECT statement_timestamp() AS at,
           CAST(:slot AS double precision) * interval '1 second' AS slot,
           CAST(:domain_slot AS double precision) * interval '1 second' AS domain_slot
), next AS (
    SELECT letter_id, domain, is_bulk, next_try_at
      FROM letter, terms
     WHERE state = 'queued' AND next_try_at <= at
       AND (taken_until IS NULL OR taken_until < at)
       -- whose domain has no free slot is passed over, not waited for
       AND (NOT is_bulk OR NOT EXISTS (SELECT FROM mail_pace pace
                                        WHERE pace.domain = letter.domain AND pace.next_at > at))
     ORDER BY is_bulk, next_try_at, letter_id
     LIMIT (SELECT least(mail_slots((SELECT next_at FROM mail_pace WHERE domain = ''), at, slot,
                                    CAST(:burst AS integer)), CAST(:at_most AS integer))
              FROM terms)
       FOR UPDATE OF letter SKIP LOCKED
), ranked AS (
    SELECT next.*,
           row_number() OVER (PARTITION BY domain ORDER BY is_bulk, next_try_at, letter_id) AS place
      FROM next
)
UPDATE letter taken
   SET taken_until = at + CAST(:lease AS double precision) * interval '1 second'
  FROM terms
  CROSS JOIN ranked
  LEFT JOIN mail_pace pace ON pace.domain = ranked.domain
 WHERE taken.letter_id = ranked.letter_id
   AND (NOT ranked.is_bulk
        OR place <= mail_slots(pace.next_at, at, domain_slot, CAST(:domain_burst AS integer)))
RETURNING taken.letter_id, message_id, name, recipient, taken.domain, subscriber_id, account_id,
          period, taken.is_bulk, facts, attempts, queued_at,
          -- what is not accepted within three days nobody waits for any more
          queued_at < now() - interval '3 days' AS is_last
