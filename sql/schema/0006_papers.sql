-- depends: 0005_limits
-- Papers as they were handed out: each keeps its own figures, whatever loads bring later.

-- A receipt that differs in money from the one before is another version, never a change of it.
-- The owner stands in the key: a new one never sees the papers of the former.
CREATE TABLE receipt (
    account_id  integer NOT NULL REFERENCES account,
    period      date NOT NULL CHECK (extract(day FROM period) = 1),
    owner_key   text NOT NULL,
    version     smallint NOT NULL CHECK (version > 0),
    made_at     timestamptz NOT NULL DEFAULT now(),
    receipt     jsonb NOT NULL,
    PRIMARY KEY (account_id, period, owner_key, version)
);

GRANT SELECT, INSERT ON receipt TO lkcap_app;
