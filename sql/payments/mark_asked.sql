-- The bank was asked about the order: whoever asks next need not wait for us.
UPDATE payment_order SET asked_at = now() WHERE order_id = :order_id
