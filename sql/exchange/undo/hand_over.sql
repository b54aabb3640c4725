-- What hangs on a payment follows it to the row that took its place.
WITH pair AS (
    SELECT old.payment_id AS old_id, new.payment_id AS new_id, old.refund_id
      FROM payment old
      JOIN payment new
        ON new.source = old.source AND new.trx_id = old.trx_id
       AND concat(new.part, '#', old.payment_id) = old.part
     WHERE old.payment_id = ANY(CAST(:payment_ids AS bigint[]))
),
refunds AS (
    UPDATE refund SET payment_id = pair.new_id FROM pair WHERE refund.payment_id = pair.old_id
),
matches AS (
    INSERT INTO payment_match (payment_id, load_id, matched_at)
    SELECT pair.new_id, m.load_id, m.matched_at
      FROM pair
      JOIN payment_match m ON m.payment_id = pair.old_id
),
found AS (
    INSERT INTO payment_found (payment_id, load_id, staff_id, given_at)
    SELECT pair.new_id, f.load_id, f.staff_id, f.given_at
      FROM pair
      JOIN payment_found f ON f.payment_id = pair.old_id
     WHERE CAST(:keeps_account AS boolean)
)
UPDATE payment SET refund_id = NULL
  FROM pair
 WHERE payment.payment_id = pair.old_id AND pair.refund_id IS NOT NULL
RETURNING pair.new_id, pair.refund_id
