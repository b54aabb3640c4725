-- New houses, and known ones whose row has changed; the row count is what was new or changed.
-- :keep is for somebody else's file: what it does not know is left as it was.
WITH merged AS (
    SELECT s.line, s.house_id AS code, h.house_id AS known_id, to_jsonb(h) AS was, s.address,
           coalesce(s.fias, CASE WHEN :keep THEN h.fias END) AS fias,
           coalesce(s.year_built, CASE WHEN :keep THEN h.year_built END) AS year_built,
           coalesce(s.floors, CASE WHEN :keep THEN h.floors END) AS floors,
           coalesce(s.entrances, CASE WHEN :keep THEN h.entrances END) AS entrances,
           coalesce(s.total_area, CASE WHEN :keep THEN h.total_area END) AS total_area,
           coalesce(s.premises_area, CASE WHEN :keep THEN h.premises_area END) AS premises_area,
           coalesce(s.fund_method, CASE WHEN :keep THEN h.fund_method END) AS fund_method,
           coalesce(s.rate, CASE WHEN :keep THEN h.rate END) AS rate,
           coalesce(s.spent, CASE WHEN :keep THEN h.spent END) AS spent,
           coalesce(s.in_programme_since,
                    CASE WHEN :keep THEN h.in_programme_since END) AS in_programme_since,
           (h.address, h.fias, h.year_built, h.floors, h.entrances, h.total_area,
            h.premises_area, h.fund_method, h.rate, h.spent, h.in_programme_since) AS before
      FROM stage_houses s
      LEFT JOIN house h ON h.code = s.house_id
),
changed AS MATERIALIZED (
    SELECT *
      FROM merged
     WHERE known_id IS NULL
        OR before IS DISTINCT FROM
           (address, fias, year_built, floors, entrances, total_area, premises_area,
            fund_method, rate, spent, in_programme_since)
),
remembered AS (
    INSERT INTO house_history (house_id, changed_by, was)
    SELECT known_id, :load_id, was FROM changed WHERE known_id IS NOT NULL
        ON CONFLICT (house_id, changed_by) DO NOTHING
)
INSERT INTO house (code, address, fias, year_built, floors, entrances, total_area, premises_area,
                   fund_method, rate, spent, in_programme_since, load_id)
SELECT code, address, fias, year_built, floors, entrances, total_area, premises_area, fund_method,
       rate, spent, in_programme_since, :load_id
  FROM changed
 ORDER BY line
    ON CONFLICT (code) DO UPDATE
   SET (address, fias, year_built, floors, entrances, total_area, premises_area, fund_method,
        rate, spent, in_programme_since, load_id)
       = ROW (excluded.address, excluded.fias, excluded.year_built, excluded.floors,
              excluded.entrances, excluded.total_area, excluded.premises_area,
              excluded.fund_method, excluded.rate, excluded.spent, excluded.in_programme_since,
              excluded.load_id)
