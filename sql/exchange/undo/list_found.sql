-- Payments in suspense that this registry has brought an account for: they wait again.
SELECT p.payment_id
  FROM payment_found f
  JOIN payment p USING (payment_id)
 WHERE f.load_id = :load_id AND p.withdrawn_by IS NULL AND p.order_id IS NULL
 ORDER BY p.payment_id
