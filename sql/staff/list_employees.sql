-- Everybody who ever worked at the desk, those who do first.
SELECT e.staff_id, e.login, e.name, e.role, e.one_time_until, e.disabled_at,
       (SELECT max(s.seen_at) FROM staff_session s WHERE s.staff_id = e.staff_id) AS seen_at
  FROM staff e
 ORDER BY e.disabled_at NULLS FIRST, lower(e.login)
 LIMIT 500
