-- A negative row of a registry that tells of this refund, and is no other refund's.
SELECT back.payment_id AS refund_id
  FROM payment p
  JOIN payment back
    ON back.trx_id = ANY (ARRAY[p.trx_id, p.rrn])
   AND back.account_id = p.account_id
   AND back.principal + back.penalty = -CAST(:amount AS bigint)
   AND back.refund_id IS NULL
   AND back.withdrawn_by IS NULL
   AND back.load_id IS NOT NULL
 WHERE p.payment_id = :payment_id
 ORDER BY back.payment_id
 LIMIT 1
