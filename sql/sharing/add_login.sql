-- A login of somebody who was invited: the letter's link has shown that the address is his.
INSERT INTO subscriber (email, email_confirmed_at, password_hash, consent_at, consent_version)
VALUES (:email, :now, :password_hash, :now, :consent_version)
RETURNING subscriber_id
