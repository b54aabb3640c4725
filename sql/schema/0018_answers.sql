-- depends: 0017_moves
-- What was typed into a form that was sent too late: for an hour, for the one who typed it.

-- One form a person, so that their number is bounded. No reference to subscriber or staff: it is
-- one of two tables, and no row here outlives its hour.
CREATE TABLE kept_answers (
    person_kind  text NOT NULL CHECK (person_kind IN ('subscriber', 'staff')),
    person_id    integer NOT NULL,
    -- the account that was chosen: sums typed for one are not shown with another
    about        integer,
    -- the browser it was typed in holds the token, the database only its hash
    token_hash   bytea NOT NULL,
    -- encrypted with the site's keys; no password and no code is among them
    answers      bytea NOT NULL CHECK (length(answers) < 131072),
    kept_at      timestamptz NOT NULL,
    PRIMARY KEY (person_kind, person_id)
);
CREATE INDEX kept_answers_kept_at ON kept_answers (kept_at);

GRANT SELECT, INSERT, UPDATE, DELETE ON kept_answers TO lkcap_app;
