-- verify-books: the fund's totals that are not the sums of its houses, or are not there at all.
-- Houses and accounts are counted in hundreds, so that they read as they are among the sums.
SELECT 'фонд' AS what,
       side.name AS detail,
       coalesce(side.kept, 0) AS kept,
       coalesce(side.counted, 0) AS counted
  FROM (SELECT 1) one
  LEFT JOIN fund_total t ON true
 CROSS JOIN LATERAL (
       VALUES ('задолженность по взносам', t.principal_debt,
               (SELECT CAST(sum(debt) AS bigint) FROM house_debt WHERE kind = 'principal')),
              ('задолженность по пеням', t.penalty_debt,
               (SELECT CAST(sum(debt) AS bigint) FROM house_debt WHERE kind = 'penalty')),
              ('израсходовано', t.spent, (SELECT CAST(sum(spent) AS bigint) FROM house)),
              ('домов', 100 * CAST(t.houses AS bigint), (SELECT 100 * count(*) FROM house)),
              ('лицевых счетов', 100 * CAST(t.accounts AS bigint),
               (SELECT 100 * count(*) FROM account))
       ) AS side (name, kept, counted)
 WHERE coalesce(side.kept, 0) <> coalesce(side.counted, 0)
