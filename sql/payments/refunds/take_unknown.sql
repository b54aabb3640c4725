-- The next refund of which nobody knows, taken for a minute: nobody else looks meanwhile. One that
-- is being sent for longer than any bank is waited for was left by a process that died.
WITH next AS (
    SELECT refund_id
      FROM refund
     WHERE state IN ('sent', 'unknown')
       AND sent_at < now() - interval '1 minute'
       AND (looked_at IS NULL
            OR looked_at < now() - least(interval '1 hour',
                                         greatest(interval '1 minute', (looked_at - sent_at) / 2))
            OR NOT CAST(:is_patient AS boolean))
       AND refund_id <> ALL (CAST(:seen AS bigint[]))
     ORDER BY looked_at NULLS FIRST, refund_id
     LIMIT 1
       FOR UPDATE SKIP LOCKED
)
UPDATE refund SET looked_at = now()
  FROM next
 WHERE refund.refund_id = next.refund_id
RETURNING refund.refund_id
