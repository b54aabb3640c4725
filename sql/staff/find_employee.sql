-- Login at the desk: whoever has this name there, disabled ones too, so that all cost the same.
SELECT staff_id, name, role, password_hash, one_time_until, totp_secret, totp_last_step, disabled_at
  FROM staff
 WHERE lower(login) = lower(:login)
