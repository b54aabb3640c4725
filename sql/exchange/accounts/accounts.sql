-- Accounts, new and changed; of several states in the batch the latest says where the account is.
INSERT INTO account AS known (number, house_id, opened_on, closed_on)
SELECT DISTINCT ON (s.number) s.number, h.house_id, s.opened_on, s.closed_on
  FROM stage_accounts s
  JOIN house h ON h.code = s.house_code
 ORDER BY s.number, s.valid_from DESC
    ON CONFLICT (number) DO UPDATE
   SET (house_id, opened_on, closed_on)
       = ROW (excluded.house_id, excluded.opened_on, excluded.closed_on)
 WHERE (known.house_id, known.opened_on, known.closed_on)
       IS DISTINCT FROM (excluded.house_id, excluded.opened_on, excluded.closed_on)
