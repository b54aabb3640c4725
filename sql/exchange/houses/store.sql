-- New houses, and known ones whose row has changed; the row count is what was new or changed.
INSERT INTO house AS h (code, address, fias, year_built, floors, entrances, total_area,
                        premises_area, fund_method, rate, spent, in_programme_since, load_id)
SELECT house_id, address, fias, year_built, floors, entrances, total_area,
       premises_area, fund_method, rate, spent, in_programme_since, :load_id
  FROM stage_houses
 ORDER BY line
    ON CONFLICT (code) DO UPDATE
   SET (address, fias, year_built, floors, entrances, total_area, premises_area, fund_method,
        rate, spent, in_programme_since, load_id)
       = ROW (excluded.address, excluded.fias, excluded.year_built, excluded.floors,
              excluded.entrances, excluded.total_area, excluded.premises_area,
              excluded.fund_method, excluded.rate, excluded.spent,
              excluded.in_programme_since, excluded.load_id)
 WHERE (h.address, h.fias, h.year_built, h.floors, h.entrances, h.total_area, h.premises_area,
        h.fund_method, h.rate, h.spent, h.in_programme_since)
       IS DISTINCT FROM
       (excluded.address, excluded.fias, excluded.year_built, excluded.floors,
        excluded.entrances, excluded.total_area, excluded.premises_area, excluded.fund_method,
        excluded.rate, excluded.spent, excluded.in_programme_since)
