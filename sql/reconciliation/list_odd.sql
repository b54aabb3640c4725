-- Verified messages that a person must look at, the newest first: another sum than was ordered, a
-- second payment of one order, or nothing that can be booked, once however often it came; of
-- payments of some days, as far as there is one. Money given back is looked at. Kopecks.
WITH odd AS (
    SELECT DISTINCT ON (trx_id, raw) message_id, received_at, bank, verdict, raw, order_id, trx_id
      FROM bank_message
     WHERE verdict IN ('other_sum', 'second', 'senseless')
     ORDER BY trx_id, raw, message_id
)
SELECT odd.message_id, coalesce(p.paid_at, odd.received_at) AS at, CAST(odd.bank AS text) AS bank,
       odd.verdict, odd.raw, p.payment_id, coalesce(a.number, '') AS account,
       o.principal + o.penalty AS ordered, p.principal + p.penalty AS taken
  FROM odd
  LEFT JOIN payment_order o USING (order_id)
  LEFT JOIN account a ON a.account_id = o.account_id
  LEFT JOIN payment p ON p.trx_id = odd.trx_id
                     AND CAST(p.source AS text) = CAST(odd.bank AS text)
                     AND p.refund_id IS NULL
                     AND p.withdrawn_by IS NULL
 WHERE coalesce(p.paid_at, odd.received_at) >= :since
   AND coalesce(p.paid_at, odd.received_at) < :before
   AND NOT EXISTS (SELECT 1 FROM refund r
                    WHERE r.payment_id = p.payment_id AND r.state = 'done')
 ORDER BY odd.message_id DESC
 LIMIT :most
