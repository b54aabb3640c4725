-- The fund as a whole, as of the day of the load.
INSERT INTO fund_total (as_of, houses, accounts, spent, principal_debt, penalty_debt)
SELECT CAST(:today AS date),
       (SELECT count(*) FROM house),
       (SELECT count(*) FROM account),
       (SELECT coalesce(sum(spent), 0) FROM house),
       (SELECT coalesce(sum(debt), 0) FROM house_debt WHERE kind = 'principal'),
       (SELECT coalesce(sum(debt), 0) FROM house_debt WHERE kind = 'penalty')
    ON CONFLICT (only_row) DO UPDATE
   SET (as_of, houses, accounts, spent, principal_debt, penalty_debt)
       = ROW (excluded.as_of, excluded.houses, excluded.accounts, excluded.spent,
              excluded.principal_debt, excluded.penalty_debt)
