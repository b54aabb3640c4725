-- `tidy`: sessions nobody can use any more.
DELETE FROM staff_session WHERE seen_at <= :idle_since OR created_at <= :begun_since
