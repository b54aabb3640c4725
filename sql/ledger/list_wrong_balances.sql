-- verify-books: kept balances that are not the sum of their entries.
WITH summed AS (
    SELECT account_id, kind,
           CAST(sum(CASE WHEN op IN ('payment', 'write_off') THEN -amount ELSE amount END)
                AS bigint) AS balance
      FROM entry
     GROUP BY account_id, kind
)
SELECT 'счёт ' || coalesce(a.number, '№ ' || account_id) AS what,
       CAST(kind AS text) AS detail,
       coalesce(kept.balance, 0) AS kept,
       coalesce(summed.balance, 0) AS counted
  FROM summed
  FULL JOIN account_balance kept USING (account_id, kind)
  LEFT JOIN account a USING (account_id)
 WHERE coalesce(kept.balance, 0) <> coalesce(summed.balance, 0)
 ORDER BY 1, 2
