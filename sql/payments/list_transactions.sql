-- What the bank has taken for an order so far.
SELECT trx_id, principal, penalty, paid_at
  FROM payment
 WHERE order_id = :order_id AND withdrawn_by IS NULL
 ORDER BY payment_id
