-- The payer was sent to the bank.
UPDATE payment_order
   SET sent_at = now(), bank_payment_id = :bank_payment_id
 WHERE order_id = :order_id
