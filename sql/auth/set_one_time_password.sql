-- A new one-time password; the earlier one, if any, opens nothing any more.
INSERT INTO one_time_password (subscriber_id, password_hash, made_at, expires_at)
VALUES (:subscriber_id, :password_hash, :now, :expires_at)
ON CONFLICT (subscriber_id) DO UPDATE
   SET password_hash = excluded.password_hash,
       made_at = excluded.made_at,
       expires_at = excluded.expires_at
