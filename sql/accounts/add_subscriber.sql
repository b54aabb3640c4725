-- A login without registration: its e-mail counts as confirmed.
INSERT INTO subscriber (email, email_confirmed_at, password_hash)
VALUES (:email, now(), :password_hash)
RETURNING subscriber_id
