-- depends: 0013_refunds
-- Settings of a login: receipts by mail, reminders, another address, spare codes, and its end.

-- Ends with the link to the account, whoever takes the link away.
CREATE TABLE receipt_subscription (
    subscriber_id  integer NOT NULL,
    account_id     integer NOT NULL,
    since          timestamptz NOT NULL,
    PRIMARY KEY (subscriber_id, account_id),
    FOREIGN KEY (subscriber_id, account_id) REFERENCES subscriber_account ON DELETE CASCADE
);
CREATE INDEX receipt_subscription_account ON receipt_subscription (account_id);

-- Letters a subscriber has asked for: a row is one that he wants, all are off without one.
CREATE TABLE reminder (
    subscriber_id  integer NOT NULL REFERENCES subscriber ON DELETE CASCADE,
    kind           text NOT NULL CHECK (kind IN (
        'due_soon', 'overdue', 'before_penalty', 'payment_arrived', 'new_device', 'work_moved')),
    PRIMARY KEY (subscriber_id, kind)
);
CREATE INDEX reminder_kind ON reminder (kind);

-- A new address that waits for its owner's confirmation; the link's token is kept as its SHA-256.
-- One at a time: the next one replaces it. There is a row for a taken address too, whose token
-- nobody was sent: the two must look the same.
CREATE TABLE email_change (
    subscriber_id  integer PRIMARY KEY REFERENCES subscriber ON DELETE CASCADE,
    new_email      text NOT NULL,
    token_hash     bytea NOT NULL UNIQUE,
    expires_at     timestamptz NOT NULL
);

-- A code from an application that is being set up; encrypted with SECRET_KEYS are its secret and
-- the spare codes shown beside it. Becomes the login's own when the first code fits.
CREATE TABLE totp_enrolment (
    subscriber_id  integer PRIMARY KEY REFERENCES subscriber ON DELETE CASCADE,
    sealed         bytea NOT NULL,
    expires_at     timestamptz NOT NULL
);

-- Spare codes for a lost telephone, as SHA-256 of 79 random bits; each is taken away by its use.
CREATE TABLE recovery_code (
    subscriber_id  integer NOT NULL REFERENCES subscriber ON DELETE CASCADE,
    code_hash      bytea NOT NULL,
    PRIMARY KEY (subscriber_id, code_hash)
);

-- Payments and letters name the login for ever: its row stays, and nothing of the person in it.
ALTER TABLE subscriber ADD COLUMN deleted_at timestamptz;
-- Letters of no login (of a registration, the last one) are found by their address to be forgotten.
CREATE INDEX letter_of_nobody ON letter (lower(recipient)) WHERE subscriber_id IS NULL;

GRANT SELECT, INSERT, DELETE ON receipt_subscription, reminder, recovery_code TO lkcap_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON email_change, totp_enrolment TO lkcap_app;
-- a subscriber takes an account out of his login
GRANT DELETE ON subscriber_account TO lkcap_app;
