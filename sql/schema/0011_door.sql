-- depends: 0010_letters
-- The door: where a browser logged in from, one-time passwords, codes of a second device, and what
-- became of every attempt to log in.

-- Whoever opened it with a one-time password sees only the page where a new password is set.
ALTER TABLE login_session
    ADD COLUMN address     text NOT NULL DEFAULT '',
    ADD COLUMN agent       text NOT NULL DEFAULT '',
    ADD COLUMN is_limited  boolean NOT NULL DEFAULT false;

-- A login without a password opens by a one-time password alone: the fund has let its owner in, and
-- he has not chosen one yet. `totp_secret` is encrypted with SECRET_KEYS; a code's step of 30 seconds
-- is taken once.
ALTER TABLE subscriber
    ALTER COLUMN password_hash DROP NOT NULL,
    ADD COLUMN password_changed_at  timestamptz,
    ADD COLUMN totp_secret          bytea,
    ADD COLUMN totp_last_step       bigint,
    ADD COLUMN blocked_at           timestamptz;

-- One live at most: a new one replaces the earlier. Taken away by its first use.
CREATE TABLE one_time_password (
    subscriber_id  integer PRIMARY KEY REFERENCES subscriber ON DELETE CASCADE,
    password_hash  text NOT NULL,
    made_at        timestamptz NOT NULL,
    expires_at     timestamptz NOT NULL
);

-- Every attempt, of nobody known too; kept for a year, and only as long as the login itself.
CREATE TABLE login_event (
    login_event_id  bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at              timestamptz NOT NULL,
    subscriber_id   integer REFERENCES subscriber ON DELETE CASCADE,
    address         text NOT NULL,
    agent           text NOT NULL,
    outcome         text NOT NULL CHECK (outcome IN (
        'opened', 'opened_once', 'wrong_password', 'wrong_code', 'blocked', 'ambiguous',
        'new_password')),
    is_known_device boolean NOT NULL
);
CREATE INDEX login_event_subscriber ON login_event (subscriber_id, at);
CREATE INDEX login_event_at ON login_event (at);

GRANT SELECT, INSERT, UPDATE, DELETE ON one_time_password TO lkcap_app;
-- nothing edits an attempt; `tidy` drops old ones
GRANT SELECT, INSERT, DELETE ON login_event TO lkcap_app;
