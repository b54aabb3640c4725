-- Verified messages that a person must look at, the newest first: another sum than was ordered, a
-- second payment of one order, or nothing that can be booked; of payments of some days, as far as
-- there is one. Money given back is looked at. Kopecks.
SELECT m.message_id, coalesce(p.paid_at, m.received_at) AS at, CAST(m.bank AS text) AS bank, m.verdict, m.raw,
       p.payment_id, coalesce(a.number, '') AS account,
       o.principal + o.penalty AS ordered, p.principal + p.penalty AS taken
  FROM bank_message m
  LEFT JOIN payment_order o USING (order_id)
  LEFT JOIN account a ON a.account_id = o.account_id
  LEFT JOIN payment p ON p.trx_id = m.trx_id
                     AND CAST(p.source AS text) = CAST(m.bank AS text)
                     AND p.refund_id IS NULL
                     AND p.withdrawn_by IS NULL
 WHERE m.verdict IN ('other_sum', 'second', 'senseless')
   AND coalesce(p.paid_at, m.received_at) >= :since
   AND coalesce(p.paid_at, m.received_at) < :before
   AND NOT EXISTS (SELECT 1 FROM refund r
                    WHERE r.payment_id = p.payment_id AND r.state = 'done')
 ORDER BY m.message_id DESC
 LIMIT :most
