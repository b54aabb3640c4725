-- verify-books: years of houses that are not the sum of their accounts' loaded entries.
WITH summed AS (
    SELECT a.house_id, e.kind, CAST(extract(year FROM e.period) AS smallint) AS year,
           CAST(coalesce(sum(e.amount) FILTER (
               WHERE e.op IN ('charge', 'recalculation', 'act')), 0) AS bigint) AS charged,
           CAST(coalesce(sum(e.amount) FILTER (WHERE e.op = 'payment'), 0) AS bigint) AS paid
      FROM entry e
      JOIN account a USING (account_id)
     WHERE e.load_id > 0
     GROUP BY a.house_id, e.kind, extract(year FROM e.period)
)
SELECT 'дом ' || h.code AS what,
       concat_ws(' ', kind, year, side.name) AS detail,
       side.kept,
       side.counted
  FROM summed
  FULL JOIN house_year kept USING (house_id, kind, year)
  JOIN house h USING (house_id)
 CROSS JOIN LATERAL (
       VALUES ('начислено', coalesce(kept.charged, 0), coalesce(summed.charged, 0)),
              ('собрано', coalesce(kept.paid, 0), coalesce(summed.paid, 0))
       ) AS side (name, kept, counted)
 WHERE side.kept <> side.counted
 ORDER BY 1, 2
