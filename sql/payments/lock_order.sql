-- The first of these names that an order has, held until the transaction ends: one message of the
-- bank at a time.
SELECT order_id, account_id, bank, state, principal, penalty, fee, service_id, bank_account,
       created_at, expires_at < now() AS is_expired, bank_payment_id, reason
  FROM payment_order
 WHERE order_id = ANY(CAST(:names AS text[]))
 ORDER BY array_position(CAST(:names AS text[]), order_id)
 LIMIT 1
   FOR UPDATE
