-- verify-books: debts of houses that are not the sum of max(0, balance) of their accounts.
WITH summed AS (
    SELECT a.house_id, b.kind, CAST(sum(greatest(b.balance, 0)) AS bigint) AS debt
      FROM account_balance b
      JOIN account a USING (account_id)
     GROUP BY a.house_id, b.kind
)
SELECT 'дом ' || h.code AS what,
       concat_ws(' ', kind, 'задолженность') AS detail,
       coalesce(kept.debt, 0) AS kept,
       coalesce(summed.debt, 0) AS counted
  FROM summed
  FULL JOIN house_debt kept USING (house_id, kind)
  JOIN house h USING (house_id)
 WHERE coalesce(kept.debt, 0) <> coalesce(summed.debt, 0)
 ORDER BY 1, 2
