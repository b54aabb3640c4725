-- A refund with all that the bank is told of it, held until the transaction ends.
SELECT r.refund_id, r.payment_id, CAST(r.state AS text) AS state, r.principal, r.penalty,
       r.asked_by, r.sent_at, CAST(p.source AS text) AS source, p.trx_id, p.rrn, p.order_id,
       p.account_id, o.bank_payment_id, o.service_id
  FROM refund r
  JOIN payment p USING (payment_id)
  LEFT JOIN payment_order o USING (order_id)
 WHERE r.refund_id = :refund_id
   FOR UPDATE OF r
