-- A form makes another order: the one it has made before failed, or waits no more.
UPDATE order_form SET order_id = :order_id, url = NULL WHERE form = :form AND order_id = :before
