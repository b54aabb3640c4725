-- Move the balances by what a load booked, and each house's debt by what they moved:
-- the debt is the sum of max(0, balance) by account and kind, so an advance covers no neighbour.
WITH moved AS (
    SELECT account_id, kind, CAST(sum(change) AS bigint) AS change
      FROM load_turnover
     GROUP BY account_id, kind
),
balanced AS (
    INSERT INTO account_balance AS known (account_id, kind, balance)
    SELECT account_id, kind, change FROM moved
     -- everybody takes these rows in one order, or two would wait for each other
     ORDER BY account_id, kind
        ON CONFLICT (account_id, kind) DO UPDATE SET balance = known.balance + excluded.balance
    RETURNING account_id, kind, balance
)
INSERT INTO house_debt AS known (house_id, kind, debt)
SELECT a.house_id, b.kind,
       sum(greatest(b.balance, 0) - greatest(b.balance - m.change, 0))
  FROM balanced b
  JOIN moved m USING (account_id, kind)
  JOIN account a USING (account_id)
 GROUP BY a.house_id, b.kind
    ON CONFLICT (house_id, kind) DO UPDATE SET debt = known.debt + excluded.debt
