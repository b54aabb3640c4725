-- depends: 0009_staff
-- Letters: what is to be sent, what the relay said of it, and addresses it refuses for good.

CREATE TYPE letter_state AS ENUM ('queued', 'sent', 'refused');

CREATE TABLE letter (
    letter_id      bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    -- made before the first attempt: whoever gets a letter twice can tell that it is one
    message_id     text NOT NULL,
    -- the folder of its templates
    name           text NOT NULL,
    recipient      text NOT NULL,
    -- mail goes by domains: each has its share of a minute
    domain         text NOT NULL GENERATED ALWAYS AS
                       (lower(substring(recipient FROM '[^@]*$'))) STORED,
    subscriber_id  integer REFERENCES subscriber,
    account_id     integer REFERENCES account,
    period         date CHECK (extract(day FROM period) = 1),
    -- of a mailing: waits for those that somebody is waiting for
    is_bulk        boolean NOT NULL DEFAULT false,
    -- sealed with the site's key; may hold secrets, so they are wiped when the letter is done with
    facts          bytea,
    state          letter_state NOT NULL DEFAULT 'queued',
    -- that have failed
    attempts       smallint NOT NULL DEFAULT 0,
    next_try_at    timestamptz NOT NULL DEFAULT now(),
    -- the lease of who is sending it: past it he is dead, and others may
    taken_until    timestamptz,
    -- what the relay said to the last attempt, or what came in its way
    last_answer    text,
    queued_at      timestamptz NOT NULL DEFAULT now(),
    -- when it was accepted, or refused for good
    ended_at       timestamptz,
    CHECK ((state = 'queued') = (ended_at IS NULL)),
    CHECK ((state = 'queued') = (facts IS NOT NULL))
);
-- a receipt of a period is queued once
CREATE UNIQUE INDEX letter_period ON letter (name, account_id, period, subscriber_id)
    NULLS NOT DISTINCT WHERE period IS NOT NULL;
CREATE INDEX letter_due ON letter (is_bulk, next_try_at, letter_id) WHERE state = 'queued';
CREATE INDEX letter_subscriber ON letter (subscriber_id);
CREATE INDEX letter_account ON letter (account_id);
CREATE INDEX letter_refused ON letter (ended_at) WHERE state = 'refused';

-- An address that was refused for good; mailings leave it out, its owner and the staff are told.
CREATE TABLE email_refused (
    -- in lower case
    email       text PRIMARY KEY CHECK (email = lower(email)),
    answer      text NOT NULL,
    refused_at  timestamptz NOT NULL DEFAULT now()
);

-- The pace of sending, of a domain and, as '', of all: letters go in slots of equal length, and this
-- is when the next one is free. What was not used is lost but for a second's worth (`burst`).
CREATE TABLE mail_pace (
    domain   text PRIMARY KEY,
    next_at  timestamptz NOT NULL
);

-- The first slot that may be used: not further back than what a burst may catch up with.
CREATE FUNCTION mail_slot(next_at timestamptz, at timestamptz, slot interval, burst integer)
RETURNS timestamptz
LANGUAGE sql IMMUTABLE AS $$
    SELECT greatest(coalesce(next_at, '-infinity'), at - (burst - 1) * slot)
$$;

-- How many slots are free.
CREATE FUNCTION mail_slots(next_at timestamptz, at timestamptz, slot interval, burst integer)
RETURNS integer
LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE WHEN first > at THEN 0
                ELSE 1 + floor(extract(epoch FROM at - first) / extract(epoch FROM slot)) END::integer
      FROM mail_slot(next_at, at, slot, burst) first
$$;

GRANT SELECT, INSERT, UPDATE ON letter, mail_pace TO lkcap_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON email_refused TO lkcap_app;
