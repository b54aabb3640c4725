-- A new password for a known login.
UPDATE subscriber SET password_hash = :password_hash WHERE lower(email) = lower(:email)
