-- Whose rows these are: any number of the account, today's own one before another's old one.
WITH found AS (
    SELECT s.line, n.account_id,
           rank() OVER (PARTITION BY s.line ORDER BY n.number = a.number DESC) AS place
      FROM stage_payments s
      JOIN account_number n ON n.number_key = s.number_key
      JOIN account a ON a.account_id = n.account_id
),
best AS (
    SELECT line, min(account_id) AS account_id, count(*) AS accounts
      FROM found
     WHERE place = 1
     GROUP BY line
)
UPDATE stage_payments s
   SET account_id = CASE WHEN best.accounts = 1 THEN best.account_id END,
       reason = CASE WHEN best.accounts = 1 THEN NULL
                     WHEN best.accounts > 1 THEN 'номер есть у нескольких лицевых счетов'
                     WHEN s.number IS NULL THEN 'лицевой счёт не назван'
                     ELSE 'нет такого лицевого счёта' END
  FROM stage_payments each
  LEFT JOIN best ON best.line = each.line
 WHERE each.line = s.line
