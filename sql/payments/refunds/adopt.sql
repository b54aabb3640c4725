-- The registry has told of the refund before anybody: its row is the refund's from now on.
UPDATE payment
   SET refund_id = :refund_id, order_id = told.order_id
  FROM (SELECT back.payment_id, p.order_id
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
         LIMIT 1) told
 WHERE payment.payment_id = told.payment_id
