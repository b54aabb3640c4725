-- The bank's own numbers of an order's refunds that are done.
SELECT trx_id AS number FROM payment WHERE order_id = :order_id AND refund_id IS NOT NULL
