-- What a registry says of itself, so that another file that says the same is noticed.
INSERT INTO registry_control (load_id, order_number, order_date, rows, amount)
VALUES (:load_id, :order_number, :order_date, :rows, :amount)
