-- An employee has logged in.
INSERT INTO staff_session (token_hash, staff_id, created_at, seen_at)
VALUES (:token_hash, :staff_id, :now, :now)
