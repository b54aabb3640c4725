-- New tariffs and corrected ones.
INSERT INTO tariff AS known (house_id, valid_from, rate)
SELECT h.house_id, s.valid_from, s.rate
  FROM stage_tariffs s
  JOIN house h ON h.code = s.house_id
    ON CONFLICT (house_id, valid_from) DO UPDATE SET rate = excluded.rate
 WHERE known.rate <> excluded.rate
