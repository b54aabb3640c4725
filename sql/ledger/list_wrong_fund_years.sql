-- verify-books: years of the fund that are not the sum of its houses.
WITH summed AS (
    SELECT kind, year, CAST(sum(charged) AS bigint) AS charged, CAST(sum(paid) AS bigint) AS paid
      FROM house_year
     GROUP BY kind, year
)
SELECT 'фонд' AS what,
       concat_ws(' ', kind, year, side.name) AS detail,
       side.kept,
       side.counted
  FROM summed
  FULL JOIN fund_year kept USING (kind, year)
 CROSS JOIN LATERAL (
       VALUES ('начислено', coalesce(kept.charged, 0), coalesce(summed.charged, 0)),
              ('собрано', coalesce(kept.paid, 0), coalesce(summed.paid, 0))
       ) AS side (name, kept, counted)
 WHERE side.kept <> side.counted
 ORDER BY 1, 2
