-- A code opens the door once: two logins with the same one, and the second finds it spent.
UPDATE staff SET totp_last_step = :step WHERE staff_id = :staff_id AND totp_last_step < :step
