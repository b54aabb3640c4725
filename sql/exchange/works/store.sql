-- New works and changed ones; a work whose year has changed is noted, for those who asked about it.
WITH moved AS (
    INSERT INTO work_move (house_id, kind, from_year, to_year)
    SELECT h.house_id, s.kind, known.planned_year, s.planned_year
      FROM stage_works s
      JOIN house h ON h.code = s.house_id
      JOIN work known ON known.house_id = h.house_id AND known.position = s.position
     WHERE known.kind = s.kind
       AND known.planned_year <> s.planned_year
       AND s.status IN ('planned', 'moved')
)
INSERT INTO work AS known (house_id, position, kind, last_year, planned_year, planned_cost,
                           status, contractor, finished_on, actual_cost)
SELECT h.house_id, s.position, s.kind, s.last_year, s.planned_year, s.planned_cost,
       s.status, s.contractor, s.finished_on, s.actual_cost
  FROM stage_works s
  JOIN house h ON h.code = s.house_id
    ON CONFLICT (house_id, position) DO UPDATE
   SET (kind, last_year, planned_year, planned_cost, status, contractor, finished_on, actual_cost)
       = ROW (excluded.kind, excluded.last_year, excluded.planned_year, excluded.planned_cost,
              excluded.status, excluded.contractor, excluded.finished_on, excluded.actual_cost)
 WHERE known IS DISTINCT FROM excluded
