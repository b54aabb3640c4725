-- Список работ: the plan and what became of it.
SELECT position, kind, last_year, planned_year, planned_cost, status, contractor, finished_on,
       actual_cost
  FROM work
 WHERE house_id = :house_id
 ORDER BY position
