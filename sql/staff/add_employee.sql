-- A new employee; a known login changes nothing.
INSERT INTO staff (login, name, role, password_hash, one_time_until, totp_secret, added_at)
VALUES (:login, :name, :role, :password_hash, :one_time_until, :totp_secret, :now)
ON CONFLICT (lower(login)) DO NOTHING
RETURNING staff_id
