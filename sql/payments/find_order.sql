-- An order by its name, for the page of its result.
SELECT order_id, account_id, bank, state, principal, penalty, fee, service_id, bank_account,
       created_at, expires_at < now() AS is_expired, bank_payment_id, reason
  FROM payment_order
 WHERE order_id = :order_id
