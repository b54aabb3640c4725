-- How many rows became what, and their sums in kopecks.
SELECT verdict, count(*) AS rows, CAST(sum(principal + penalty) AS bigint) AS amount
  FROM stage_payments
 GROUP BY verdict
