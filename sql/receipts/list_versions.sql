-- Months of a year whose receipt of today's owner was issued more than once, with the last version.
SELECT r.period, max(r.version) AS version
  FROM receipt r
 CROSS JOIN LATERAL account_state_on(r.account_id, :today) state
 WHERE r.account_id = :account_id
   AND r.period BETWEEN :first AND :last
   AND r.owner_key = state.owner_key
 GROUP BY r.period
HAVING max(r.version) > 1
