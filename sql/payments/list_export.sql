-- Payments of some days by the bank's time, for accountants: one row each, refunds negative and
-- without the fee, which the bank keeps.
-- `reconciled_at` is the first word of anybody else: a registry or the billing system.
SELECT p.order_id, a.number, p.paid_at, p.principal, p.penalty,
       CASE WHEN p.refund_id IS NULL THEN o.fee END AS fee,
       coalesce(CAST(o.bank AS text), CAST(p.source AS text)) AS bank,
       p.trx_id, p.rrn, p.auth_code,
       CASE WHEN p.account_id IS NULL THEN 'suspense'
            WHEN p.principal + p.penalty < 0 THEN 'refunded'
            ELSE coalesce(CAST(o.state AS text), 'paid') END AS status,
       least(l.linked_at, m.matched_at, CASE WHEN p.load_id IS NOT NULL THEN p.booked_at END)
           AS reconciled_at
  FROM payment p
  LEFT JOIN account a ON a.account_id = p.account_id
  LEFT JOIN payment_order o ON o.order_id = p.order_id
  LEFT JOIN payment_link l ON l.payment_id = p.payment_id
  LEFT JOIN payment_match m ON m.payment_id = p.payment_id
 WHERE p.paid_at >= :since AND p.paid_at < :before
   AND p.withdrawn_by IS NULL
 ORDER BY p.paid_at, p.payment_id
