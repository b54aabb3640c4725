-- What became of an application, from the first day on.
SELECT e.at, e.what, e.staff_id, s.name AS staff_name
  FROM application_event e
  LEFT JOIN staff s USING (staff_id)
 WHERE e.application_id = :application_id
 ORDER BY e.event_id
 LIMIT 200
