-- Payments that a registry alone has told of: what it booked, and what waits in suspense. What the
-- bank's message has told of as well stays.
SELECT payment_id
  FROM payment
 WHERE load_id = :load_id AND withdrawn_by IS NULL AND order_id IS NULL
 ORDER BY payment_id
