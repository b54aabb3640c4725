-- …then the sums of the accounts they have now.
INSERT INTO house_year (house_id, kind, year, charged, paid)
SELECT a.house_id, e.kind, extract(year FROM e.period),
       coalesce(sum(e.amount) FILTER (WHERE e.op IN ('charge', 'recalculation', 'act')), 0),
       coalesce(sum(e.amount) FILTER (WHERE e.op = 'payment'), 0)
  FROM account a
  JOIN entry e ON e.account_id = a.account_id AND e.load_id > 0
 WHERE a.house_id IN (SELECT from_house_id FROM moved_accounts
                       UNION
                      SELECT house_id FROM account JOIN moved_accounts USING (account_id))
 GROUP BY a.house_id, e.kind, extract(year FROM e.period)
    ON CONFLICT (house_id, kind, year) DO UPDATE
   SET (charged, paid) = ROW (excluded.charged, excluded.paid)
