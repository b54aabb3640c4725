-- What became of an order that no message of the bank tells of.
UPDATE payment_order
   SET state = CAST(:state AS order_state), reason = :reason
 WHERE order_id = :order_id
