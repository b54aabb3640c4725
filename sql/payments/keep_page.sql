-- The bank's page of an order, for the same form that is sent twice.
UPDATE order_form SET url = :url WHERE order_id = :order_id
