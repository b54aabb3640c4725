-- Payments of some days that banks' messages brought, by how far they are confirmed; kopecks.
SELECT CAST(count(*) FILTER (WHERE is_confirmed) AS integer) AS matched,
       CAST(coalesce(sum(amount) FILTER (WHERE is_confirmed), 0) AS bigint) AS matched_amount,
       CAST(count(*) FILTER (WHERE NOT is_confirmed) AS integer) AS waiting,
       CAST(coalesce(sum(amount) FILTER (WHERE NOT is_confirmed), 0) AS bigint) AS waiting_amount
  FROM (SELECT p.principal + p.penalty AS amount,
               EXISTS (SELECT 1 FROM payment_match m WHERE m.payment_id = p.payment_id)
               OR EXISTS (SELECT 1 FROM payment_link l WHERE l.payment_id = p.payment_id)
                   AS is_confirmed
          FROM payment p
         WHERE p.source IN ('gpb', 'sngb')
           AND p.withdrawn_by IS NULL
           AND p.paid_at >= :since AND p.paid_at < :before) told
