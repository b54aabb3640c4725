-- The money is back: a negative payment, in transit until a registry or billing tells of it.
INSERT INTO payment (source, trx_id, part, order_id, account_id, principal, penalty, paid_at,
                     period, rrn, auth_code, refund_id)
SELECT source, coalesce(CAST(:number AS text), trx_id),
       concat('refund ', CAST(:refund_id AS bigint)), order_id, account_id,
       -CAST(:principal AS bigint), -CAST(:penalty AS bigint), :paid_at, :period, :rrn,
       :auth_code, :refund_id
  FROM payment
 WHERE payment_id = :payment_id
RETURNING payment_id
