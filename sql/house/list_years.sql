-- The house's money by year, both kinds together, and what the works of the year cost.
SELECT y.year,
       CAST(sum(y.charged) AS bigint) AS charged,
       CAST(sum(y.paid) AS bigint) AS paid,
       CAST(coalesce((SELECT sum(actual_cost) FROM work w
                       WHERE w.house_id = :house_id
                         AND extract(year FROM w.finished_on) = y.year), 0) AS bigint) AS spent
  FROM house_year y
 WHERE y.house_id = :house_id
 GROUP BY y.year
HAVING sum(y.charged) <> 0 OR sum(y.paid) <> 0
 ORDER BY y.year
