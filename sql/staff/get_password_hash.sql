-- What the employee's current password is compared with.
SELECT password_hash FROM staff WHERE staff_id = :staff_id
