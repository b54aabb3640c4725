-- A one-time password and another second factor; who was dismissed is back at work.
UPDATE staff
   SET password_hash = :password_hash, one_time_until = :one_time_until,
       totp_secret = :totp_secret, totp_last_step = 0, disabled_at = NULL
 WHERE lower(login) = lower(:login)
RETURNING staff_id
