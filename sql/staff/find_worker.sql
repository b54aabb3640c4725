-- Who works in this browser: the session is alive and the employee is not disabled.
SELECT s.staff_id, e.login, e.name, e.role, e.one_time_until IS NOT NULL AS has_one_time_password,
       s.seen_at, s.token_hash
  FROM staff_session s
  JOIN staff e ON e.staff_id = s.staff_id
 WHERE s.token_hash = :token_hash
   AND s.seen_at > :idle_since
   AND s.created_at > :begun_since
   AND e.disabled_at IS NULL
   AND (e.one_time_until IS NULL OR e.one_time_until > :now)
