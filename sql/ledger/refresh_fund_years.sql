-- The fund by year is the sum of its houses; a load refreshes it, a page only reads it.
INSERT INTO fund_year (kind, year, charged, paid)
SELECT kind, year, sum(charged), sum(paid)
  FROM house_year
 GROUP BY kind, year
    ON CONFLICT (kind, year) DO UPDATE
   SET (charged, paid) = ROW (excluded.charged, excluded.paid)
