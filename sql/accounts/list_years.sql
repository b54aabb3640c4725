-- The chart of «Информация»: what was charged and paid in each year, and the balance at its end.
-- Read from the index entry_statement; :hidden_before is the new owner's first month.
WITH moved AS MATERIALIZED (
    SELECT period,
           sum(amount) FILTER (WHERE op IN ('charge', 'recalculation', 'act')) AS charged,
           sum(amount) FILTER (WHERE op = 'payment') AS paid,
           sum(CASE WHEN op IN ('payment', 'write_off') THEN -amount ELSE amount END) AS change
      FROM entry
     WHERE account_id = :account_id AND period <= CAST(:last AS date)
     GROUP BY period
),
year AS (
    SELECT generate_series(
               CAST(extract(year FROM greatest(min(period), CAST(:hidden_before AS date))) AS integer),
               CAST(extract(year FROM CAST(:last AS date)) AS integer)) AS year
      FROM moved
)
SELECT year.year,
       CAST(coalesce(sum(seen.charged), 0) AS bigint) AS charged,
       CAST(coalesce(sum(seen.paid), 0) AS bigint) AS paid,
       CAST((SELECT coalesce(sum(change), 0) FROM moved
              WHERE extract(year FROM period) <= year.year) AS bigint) AS closing
  FROM year
  LEFT JOIN moved seen
    ON extract(year FROM seen.period) = year.year
   AND seen.period >= coalesce(CAST(:hidden_before AS date), '-infinity')
 GROUP BY year.year
 ORDER BY year.year
