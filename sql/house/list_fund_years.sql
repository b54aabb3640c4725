-- The fund's money by year, both kinds together.
SELECT year,
       CAST(sum(charged) AS bigint) AS charged,
       CAST(sum(paid) AS bigint) AS paid
  FROM fund_year
 GROUP BY year
HAVING sum(charged) <> 0 OR sum(paid) <> 0
 ORDER BY year
