-- A payment without an account, held until the transaction ends.
SELECT payment_id, trx_id, period, CAST(paid_at AT TIME ZONE :zone AS date) AS paid_on
  FROM payment
 WHERE payment_id = :payment_id
   AND account_id IS NULL AND withdrawn_by IS NULL AND refund_id IS NULL
   FOR UPDATE
