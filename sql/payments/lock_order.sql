-- The order, held until the transaction ends: one message of the bank at a time.
SELECT order_id, account_id, bank, state, principal, penalty, fee, service_id, bank_account,
       created_at, expires_at < now() AS is_expired, bank_payment_id, reason
  FROM payment_order
 WHERE order_id = :order_id
   FOR UPDATE
