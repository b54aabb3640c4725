-- Payments of the portal that the registry has with another sum, in kopecks.
SELECT p.trx_id, p.principal + p.penalty AS ours,
       CAST(sum(s.principal + s.penalty) AS bigint) AS theirs
  FROM stage_payments s
  JOIN payment p ON p.payment_id = s.payment_id
 WHERE s.verdict = 'matched'
 GROUP BY p.payment_id, p.trx_id, p.principal, p.penalty
HAVING sum(s.principal + s.penalty) <> p.principal + p.penalty
 ORDER BY p.trx_id
