-- depends: 0011_door
-- depends: 0009_staff
-- Applications for a login (manual §3.3): what was told, how it agrees with the books, who did what.

CREATE TYPE application_state AS ENUM
    ('unconfirmed', 'waiting', 'taken', 'approved', 'refused', 'expired');
CREATE TYPE applicant_standing AS ENUM ('owner', 'tenant', 'representative');
CREATE TYPE document_type AS ENUM ('registration', 'inheritance', 'free_use', 'extract', 'other');
CREATE TYPE finding_verdict AS ENUM ('agree', 'differ', 'unknown');

CREATE TABLE application (
    application_id    integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    made_at           timestamptz NOT NULL,
    state             application_state NOT NULL DEFAULT 'unconfirmed',
    -- a person or an organization
    applicant         owner_kind NOT NULL,
    standing          applicant_standing NOT NULL,
    -- what the applicant told; all of it is wiped when it is not needed any more
    address           text,
    account           text,
    -- the account's number as it is looked up
    number_key        text,
    email             text,
    last_name         text,
    first_name        text,
    middle_name       text,
    organization      text,
    inn               text,
    phone             text,
    document_type     document_type,
    document_number   text,
    document_date     date,
    -- where the form came from, and the text its sender has agreed to (152-ФЗ art. 9)
    sent_from         text,
    consent_at        timestamptz NOT NULL,
    consent_version   date NOT NULL,
    -- a hash of all answers: the same form sent twice is one application
    answers_hash      bytea,
    -- the link of the letter holds the token, we hold its hash
    token_hash        bytea NOT NULL UNIQUE,
    token_until       timestamptz NOT NULL,
    confirmed_at      timestamptz,
    -- whose account it is about, where the number leaves no doubt or an employee has named it
    account_id        integer REFERENCES account,
    taken_by          integer REFERENCES staff,
    taken_at          timestamptz,
    decided_by        integer REFERENCES staff,
    decided_at        timestamptz,
    -- why it was refused, as the applicant was told
    reason            text,
    wiped_at          timestamptz,
    CHECK (wiped_at IS NOT NULL OR num_nulls(
        address, account, number_key, email, phone, document_type, document_number, document_date,
        answers_hash) = 0),
    CHECK (state NOT IN ('waiting', 'taken', 'approved', 'refused') OR confirmed_at IS NOT NULL),
    CHECK ((taken_by IS NULL) = (taken_at IS NULL)),
    CHECK (state <> 'taken' OR taken_by IS NOT NULL),
    CHECK ((state IN ('approved', 'refused')) = (decided_by IS NOT NULL)),
    CHECK ((decided_by IS NULL) = (decided_at IS NULL))
);
CREATE INDEX application_queue ON application (state, confirmed_at);
CREATE INDEX application_number ON application (number_key);
CREATE INDEX application_email ON application (lower(email));
CREATE INDEX application_account ON application (account_id);
CREATE INDEX application_answers ON application (answers_hash);

-- What of an application agrees with the books: one line a thing, the words without anybody's data.
CREATE TABLE application_finding (
    application_id  integer NOT NULL REFERENCES application,
    what            text NOT NULL,
    position        smallint NOT NULL,
    verdict         finding_verdict NOT NULL,
    words           text NOT NULL,
    PRIMARY KEY (application_id, what)
);

-- What became of an application. Nothing changes or removes a line: the application has no right to.
CREATE TABLE application_event (
    event_id        bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    application_id  integer NOT NULL REFERENCES application,
    at              timestamptz NOT NULL,
    -- NULL: the applicant, or the site by itself
    staff_id        integer REFERENCES staff,
    what            text NOT NULL CHECK (what IN (
        'made', 'confirmed', 'taken', 'released', 'account_named', 'approved', 'refused',
        'expired', 'wiped'))
);
CREATE INDEX application_event_application ON application_event (application_id, event_id);

-- The words of an address, any spelling: small letters, ё as е, no marks. Needs no locale.
-- The cost, and the setting that keeps the planner from looking inside, make it prefer the index.
CREATE FUNCTION address_words(address text) RETURNS tsvector
LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 1000 SET search_path = pg_catalog AS $$
    SELECT array_to_tsvector(array_remove(string_to_array(translate(
        lower(address),
        'АБВГДЕЁЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯё.,;:/\"«»()–-№' || chr(160),
        'абвгдеежзийклмнопрстуфхцчшщъыьэюяе               '), ' '), ''))
$$;
CREATE INDEX house_address_words ON house USING gin (address_words(address));

GRANT SELECT, INSERT, UPDATE ON application, application_finding TO lkcap_app;
GRANT SELECT, INSERT ON application_event TO lkcap_app;
