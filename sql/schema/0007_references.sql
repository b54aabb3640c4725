-- depends: 0006_papers
-- References («справка о состоянии лицевого счёта») as they were handed out, and their withdrawal.

CREATE TABLE reference (
    reference_id   integer PRIMARY KEY,
    -- what the paper is checked by: nobody guesses it, and the number says nothing of it
    code           text NOT NULL UNIQUE CHECK (code ~ '^[0-9A-HJKMNP-TV-Z]{16}$'),
    account_id     integer NOT NULL REFERENCES account,
    owner_key      text NOT NULL,
    first_period   date NOT NULL CHECK (extract(day FROM first_period) = 1),
    last_period    date NOT NULL CHECK (extract(day FROM last_period) = 1),
    made_on        date NOT NULL,
    made_at        timestamptz NOT NULL DEFAULT now(),
    reference      jsonb NOT NULL,
    withdrawn_on   date,
    withdrawn_why  text,
    CHECK (first_period <= last_period),
    CHECK ((withdrawn_on IS NULL) = (withdrawn_why IS NULL))
);
-- The same account, owner, range and day are one document; what is withdrawn may be made anew.
CREATE UNIQUE INDEX reference_in_force
    ON reference (account_id, owner_key, first_period, last_period, made_on)
 WHERE withdrawn_on IS NULL;

-- Taken before the row is written, because the number is signed; a number may be lost, none is reused.
CREATE SEQUENCE reference_number AS integer OWNED BY reference.reference_id;

GRANT SELECT, INSERT, UPDATE (withdrawn_on, withdrawn_why) ON reference TO lkcap_app;
GRANT USAGE ON SEQUENCE reference_number TO lkcap_app;
