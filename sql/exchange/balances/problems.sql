-- A balance of an account we do not know cannot be compared.
SELECT line, 'account' AS field, 'нет такого лицевого счёта' AS reason
  FROM stage_balances s
 WHERE NOT EXISTS (SELECT 1 FROM account a WHERE a.number = s.account)
