-- Accounts that this batch moves to another house: their money moves with them at the end.
INSERT INTO moved_accounts (account_id, from_house_id)
SELECT DISTINCT a.account_id, a.house_id
  FROM stage_accounts s
  JOIN account a ON a.number = s.number
  JOIN house h ON h.code = s.house_code
 WHERE a.house_id <> h.house_id
    ON CONFLICT (account_id) DO NOTHING
