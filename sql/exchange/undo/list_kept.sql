-- Payments of a registry that the bank's message has told of as well.
SELECT payment_id
  FROM payment
 WHERE load_id = :load_id AND withdrawn_by IS NULL AND order_id IS NOT NULL
