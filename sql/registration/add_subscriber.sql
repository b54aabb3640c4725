-- The login of a confirmed e-mail, made unless it is there. A new row has no xmax: it is how
-- PostgreSQL tells an insert from an update here.
INSERT INTO subscriber (email, email_confirmed_at)
VALUES (:email, :now)
    ON CONFLICT (lower(email)) DO UPDATE
   SET email_confirmed_at = coalesce(subscriber.email_confirmed_at, excluded.email_confirmed_at)
RETURNING subscriber_id, xmax = 0 AS is_new
