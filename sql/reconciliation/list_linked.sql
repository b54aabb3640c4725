-- Payments of some days that billing's entries stand for: which of them differ is told by
-- payments/list_differences.
SELECT l.payment_id
  FROM payment_link l
  JOIN payment p USING (payment_id)
 WHERE p.withdrawn_by IS NULL
   AND p.paid_at >= :since AND p.paid_at < :before
