-- Forms of yesterday: nobody sends them again.
DELETE FROM order_form f USING payment_order o
 WHERE o.order_id = f.order_id AND o.created_at < now() - interval '1 day'
