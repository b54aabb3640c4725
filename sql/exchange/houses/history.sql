-- What a house was before this load changes it.
INSERT INTO house_history (house_id, changed_by, was)
SELECT h.house_id, :load_id, to_jsonb(h)
  FROM stage_houses s
  JOIN house h ON h.code = s.house_id
 WHERE (h.address, h.fias, h.year_built, h.floors, h.entrances, h.total_area, h.premises_area,
        h.fund_method, h.rate, h.spent, h.in_programme_since)
       IS DISTINCT FROM
       (s.address, s.fias, s.year_built, s.floors, s.entrances, s.total_area, s.premises_area,
        s.fund_method, s.rate, s.spent, s.in_programme_since)
    ON CONFLICT (house_id, changed_by) DO NOTHING
