-- Payments that a bank's message brought and nobody else has told of in time, the oldest first.
SELECT p.payment_id, p.order_id, coalesce(a.number, '') AS account, p.paid_at AS at, p.principal,
       p.penalty, CAST(p.source AS text) AS source, p.trx_id, 'missing' AS state
  FROM payment p
  LEFT JOIN account a USING (account_id)
 WHERE p.source IN ('gpb', 'sngb')
   AND p.withdrawn_by IS NULL
   AND p.paid_at >= :since AND p.paid_at < :before
   AND NOT EXISTS (SELECT 1 FROM payment_match m WHERE m.payment_id = p.payment_id)
   AND NOT EXISTS (SELECT 1 FROM payment_link l WHERE l.payment_id = p.payment_id)
 ORDER BY p.paid_at
 LIMIT :most
