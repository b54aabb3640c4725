-- verify-books: kept balances that are not the sum of their entries, in transit or not.
WITH summed AS (
    SELECT account_id, kind, load_id = 0 AS is_in_transit,
           CAST(sum(CASE WHEN op IN ('payment', 'write_off') THEN -amount ELSE amount END)
                AS bigint) AS balance
      FROM entry
     GROUP BY account_id, kind, load_id = 0
),
kept AS (
    SELECT account_id, kind, side.is_in_transit, side.balance
      FROM account_balance
     CROSS JOIN LATERAL (VALUES (false, balance), (true, in_transit)) side (is_in_transit, balance)
)
SELECT 'счёт ' || coalesce(a.number, '№ ' || account_id) AS what,
       concat(kind, CASE WHEN is_in_transit THEN ', в пути' END) AS detail,
       coalesce(kept.balance, 0) AS kept,
       coalesce(summed.balance, 0) AS counted
  FROM summed
  FULL JOIN kept USING (account_id, kind, is_in_transit)
  LEFT JOIN account a USING (account_id)
 WHERE coalesce(kept.balance, 0) <> coalesce(summed.balance, 0)
 ORDER BY 1, 2
