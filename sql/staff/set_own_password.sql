-- The employee's own password takes the place of the one-time one, or of an older one.
UPDATE staff SET password_hash = :password_hash, one_time_until = NULL WHERE staff_id = :staff_id
