-- The payments of an order, or one of no order: what each has gone through, and what may still be
-- given back of it. `way`: in transit, in a registry, with billing.
SELECT p.payment_id, p.order_id, coalesce(a.number, '') AS account,
       CAST(p.source AS text) AS source, p.trx_id, p.principal, p.penalty, p.paid_at, p.rrn,
       p.auth_code, p.masked_pan, p.load_id, m.load_id AS registry_load_id,
       l.load_id AS billing_load_id, p.refund_id,
       CAST(p.principal - given.principal AS bigint) AS left_principal,
       CAST(p.penalty - given.penalty AS bigint) AS left_penalty,
       given.is_open
  FROM payment p
  LEFT JOIN account a USING (account_id)
  LEFT JOIN payment_match m USING (payment_id)
  LEFT JOIN payment_link l USING (payment_id)
 CROSS JOIN LATERAL (
       SELECT coalesce(sum(r.principal), 0) AS principal, coalesce(sum(r.penalty), 0) AS penalty,
              coalesce(bool_or(r.state <> 'done'), false) AS is_open
         FROM refund r
        WHERE r.payment_id = p.payment_id
          AND r.state IN ('asked', 'sent', 'unknown', 'done')) given
 WHERE p.withdrawn_by IS NULL
   AND (p.order_id = CAST(:order_id AS text)
        OR p.payment_id = CAST(:payment_id AS bigint)
        OR p.order_id = (SELECT one.order_id FROM payment one
                          WHERE one.payment_id = CAST(:payment_id AS bigint)))
 ORDER BY p.payment_id
