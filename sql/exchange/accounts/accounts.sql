-- Accounts seen for the first time; where they are is settled when all states are in.
INSERT INTO account (number, house_id)
SELECT DISTINCT ON (s.number) s.number, h.house_id
  FROM stage_accounts s
  JOIN house h ON h.code = s.house_code
 WHERE NOT EXISTS (SELECT 1 FROM account a WHERE a.number = s.number)
 ORDER BY s.number, s.valid_from
