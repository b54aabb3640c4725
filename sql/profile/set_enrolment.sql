-- An application is being set up; begun anew, the earlier secret is worth nothing.
INSERT INTO totp_enrolment (subscriber_id, sealed, expires_at)
VALUES (:subscriber_id, :sealed, :expires_at)
    ON CONFLICT (subscriber_id) DO UPDATE
   SET (sealed, expires_at) = ROW (excluded.sealed, excluded.expires_at)
