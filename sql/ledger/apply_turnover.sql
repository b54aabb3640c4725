-- What a load booked, added to its houses year by year.
INSERT INTO house_year AS known (house_id, kind, year, charged, paid)
SELECT a.house_id, t.kind, t.year, sum(t.charged), sum(t.paid)
  FROM load_turnover t
  JOIN account a USING (account_id)
 GROUP BY a.house_id, t.kind, t.year
    ON CONFLICT (house_id, kind, year) DO UPDATE
   SET (charged, paid) = ROW (known.charged + excluded.charged, known.paid + excluded.paid)
