-- depends: 0003_ledger
-- Who reads: subscribers, the accounts they own, and the browsers they are logged in from.

CREATE TABLE subscriber (
    subscriber_id       integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    email               text NOT NULL,
    email_confirmed_at  timestamptz,
    password_hash       text NOT NULL,
    created_at          timestamptz NOT NULL DEFAULT now()
);
CREATE UNIQUE INDEX subscriber_email ON subscriber (lower(email));

-- The link holds while the account's owner of today is the owner it was made for.
CREATE TABLE subscriber_account (
    subscriber_id  integer NOT NULL REFERENCES subscriber,
    account_id     integer NOT NULL REFERENCES account,
    owner_key      text NOT NULL,
    linked_on      date NOT NULL,
    PRIMARY KEY (subscriber_id, account_id)
);
CREATE INDEX subscriber_account_account ON subscriber_account (account_id);

-- The browser holds the token, the database only its hash.
CREATE TABLE login_session (
    token_hash     bytea PRIMARY KEY,
    subscriber_id  integer NOT NULL REFERENCES subscriber,
    account_id     integer NOT NULL REFERENCES account,
    created_at     timestamptz NOT NULL,
    seen_at        timestamptz NOT NULL
);
CREATE INDEX login_session_subscriber ON login_session (subscriber_id);
CREATE INDEX login_session_seen_at ON login_session (seen_at);

GRANT SELECT, INSERT, UPDATE ON subscriber, subscriber_account TO lkcap_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON login_session TO lkcap_app;
