-- The fund as a whole, as of the last load.
SELECT t.as_of, t.houses, t.accounts, t.spent, t.principal_debt, t.penalty_debt,
       CAST((SELECT coalesce(sum(paid), 0) FROM fund_year) AS bigint) AS paid
  FROM fund_total t
