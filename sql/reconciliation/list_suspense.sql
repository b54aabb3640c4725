-- Money whose account nobody knows yet, the oldest first; what was named instead stands with the
-- row that its load has set aside.
SELECT p.payment_id, CAST(p.source AS text) AS source, p.trx_id, p.principal, p.penalty,
       p.paid_at, p.load_id, coalesce(split_part(p.part, '/', 1), '') AS named
  FROM payment p
 WHERE p.account_id IS NULL AND p.withdrawn_by IS NULL AND p.refund_id IS NULL
 ORDER BY p.paid_at, p.payment_id
 LIMIT :most
