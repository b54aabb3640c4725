-- Premises seen for the first time.
INSERT INTO premises (house_id, number, kind)
SELECT DISTINCT h.house_id, s.premises, s.premises_kind
  FROM stage_accounts s
  JOIN house h ON h.code = s.house_code
    ON CONFLICT (house_id, number, kind) DO NOTHING
