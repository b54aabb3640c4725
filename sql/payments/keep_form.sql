-- The form that makes an order, unless it has made one already: then nothing, once that one is in.
INSERT INTO order_form (form, order_id) VALUES (:form, :order_id)
    ON CONFLICT (form) DO NOTHING
