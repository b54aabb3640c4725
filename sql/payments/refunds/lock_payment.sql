-- What may be given back of a payment, held until the transaction ends: refunds of it wait for one
-- another. `is_open`: one of them is not settled yet.
SELECT p.payment_id, CAST(p.source AS text) AS source, p.order_id,
       CAST(p.principal - given.principal AS bigint) AS principal,
       CAST(p.penalty - given.penalty AS bigint) AS penalty,
       p.withdrawn_by IS NULL AND p.refund_id IS NULL AND p.principal + p.penalty > 0
           AS is_payment,
       given.is_open
  FROM payment p
 CROSS JOIN LATERAL (
       SELECT coalesce(sum(r.principal), 0) AS principal, coalesce(sum(r.penalty), 0) AS penalty,
              coalesce(bool_or(r.state <> 'done'), false) AS is_open
         FROM refund r
        WHERE r.payment_id = p.payment_id
          AND r.state IN ('asked', 'sent', 'unknown', 'done')) given
 WHERE p.payment_id = :payment_id
   FOR UPDATE OF p
