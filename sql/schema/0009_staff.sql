-- depends: 0008_orders
-- The fund's employees, the browsers they work in, and what each of them did.

CREATE TABLE staff (
    staff_id         integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    login            text NOT NULL,
    name             text NOT NULL,
    role             text NOT NULL CHECK (role IN ('operator', 'accountant', 'editor', 'admin')),
    password_hash    text NOT NULL,
    -- a one-time password is good until then; NULL: his own, set by himself
    one_time_until   timestamptz,
    -- encrypted with the site's keys: a copy of the database opens nothing
    totp_secret      bytea NOT NULL,
    -- the step of the last code taken: no code opens the door twice
    totp_last_step   bigint NOT NULL DEFAULT 0,
    added_at         timestamptz NOT NULL DEFAULT now(),
    disabled_at      timestamptz
);
CREATE UNIQUE INDEX staff_login ON staff (lower(login));

CREATE TABLE staff_session (
    token_hash  bytea PRIMARY KEY,
    staff_id    integer NOT NULL REFERENCES staff,
    created_at  timestamptz NOT NULL,
    seen_at     timestamptz NOT NULL
);
CREATE INDEX staff_session_staff ON staff_session (staff_id);

-- Who did or saw what. Nothing changes or removes a line: the application has no right to.
CREATE TABLE staff_journal (
    journal_id    bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at            timestamptz NOT NULL,
    -- NULL: a command on the server, or nobody who is known
    staff_id      integer REFERENCES staff,
    action        text NOT NULL,
    subject_kind  text NOT NULL DEFAULT '',
    subject       text NOT NULL DEFAULT '',
    details       text NOT NULL DEFAULT '',
    address       text NOT NULL DEFAULT ''
);
CREATE INDEX staff_journal_staff ON staff_journal (staff_id, journal_id);
CREATE INDEX staff_journal_subject ON staff_journal (subject_kind, subject, journal_id);

GRANT SELECT, INSERT, UPDATE ON staff TO lkcap_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON staff_session TO lkcap_app;
GRANT SELECT, INSERT ON staff_journal TO lkcap_app;
