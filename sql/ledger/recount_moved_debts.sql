-- …and their debts.
INSERT INTO house_debt (house_id, kind, debt)
SELECT h.house_id, k.kind,
       coalesce((SELECT sum(greatest(b.balance, 0))
                   FROM account a
                   JOIN account_balance b USING (account_id)
                  WHERE a.house_id = h.house_id AND b.kind = k.kind), 0)
  FROM (SELECT from_house_id AS house_id FROM moved_accounts
         UNION
        SELECT house_id FROM account JOIN moved_accounts USING (account_id)) h
 CROSS JOIN unnest(enum_range(NULL::debt_kind)) AS k (kind)
    ON CONFLICT (house_id, kind) DO UPDATE SET debt = excluded.debt
