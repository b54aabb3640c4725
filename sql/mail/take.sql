-- The next letters for this sender alone: any number of them take at once, none takes another's.
-- Whoever has not told what became of them when the lease is over is dead.
WITH next AS (
    SELECT letter_id
      FROM letter
     WHERE state = 'queued' AND next_try_at <= now()
       AND (taken_until IS NULL OR taken_until < now())
     ORDER BY is_bulk, next_try_at, letter_id
     LIMIT CAST(:at_most AS integer)
       FOR UPDATE SKIP LOCKED
)
UPDATE letter taken
   SET taken_until = now() + CAST(:lease AS double precision) * interval '1 second'
  FROM next
 WHERE taken.letter_id = next.letter_id
RETURNING taken.letter_id, message_id, name, recipient, domain, subscriber_id, account_id, period,
          is_bulk, facts, attempts, queued_at,
          -- what is not accepted within three days nobody waits for any more
          queued_at < now() - interval '3 days' AS is_last
