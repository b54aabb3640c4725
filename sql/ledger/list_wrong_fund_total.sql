-- verify-books: the fund's debt that is not the sum of its houses' debts.
SELECT 'фонд' AS what,
       concat_ws(' ', side.kind, 'задолженность') AS detail,
       side.kept,
       CAST(coalesce((SELECT sum(debt) FROM house_debt d WHERE d.kind = side.kind), 0) AS bigint)
           AS counted
  FROM fund_total t
 CROSS JOIN LATERAL (
       VALUES (CAST('principal' AS debt_kind), t.principal_debt), ('penalty', t.penalty_debt)
       ) AS side (kind, kept)
 WHERE side.kept <> coalesce((SELECT sum(debt) FROM house_debt d WHERE d.kind = side.kind), 0)
