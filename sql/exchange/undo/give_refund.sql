-- The row that took the place of a refund's is the refund's now.
UPDATE payment SET refund_id = :refund_id WHERE payment_id = :payment_id
