-- depends: 0001_role
-- What the fund keeps books about: houses, premises, accounts with their dated states.
-- Areas are m², rates and sums are kopecks; NULL is «нет данных», never zero.

CREATE TYPE fund_method AS ENUM ('operator', 'special_operator', 'special_other');
CREATE TYPE premises_kind AS ENUM ('living', 'nonliving', 'parking', 'room');
CREATE TYPE owner_kind AS ENUM ('person', 'organization');
CREATE TYPE work_status AS ENUM ('planned', 'in_progress', 'done', 'moved');

-- One run of `import`: what came, and what became of it.
CREATE TABLE load (
    load_id     integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    kind        text NOT NULL,
    format      text NOT NULL,
    source      text NOT NULL,
    sha256      text NOT NULL,
    size_bytes  bigint NOT NULL,
    started_at  timestamptz NOT NULL DEFAULT now(),
    today       date NOT NULL,
    rows_new    bigint NOT NULL DEFAULT 0,
    rows_same   bigint NOT NULL DEFAULT 0,
    rows_aside  bigint NOT NULL DEFAULT 0
);

-- Rows a load could not take, each with the reason, and the row as it came.
CREATE TABLE set_aside (
    load_id  integer NOT NULL REFERENCES load,
    file     text NOT NULL,
    line     bigint NOT NULL,
    field    text NOT NULL,
    reason   text NOT NULL,
    raw      text NOT NULL,
    PRIMARY KEY (load_id, file, line)
);

CREATE TABLE house (
    house_id            integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    code                text NOT NULL UNIQUE,
    address             text NOT NULL,
    fias                text,
    year_built          smallint,
    floors              smallint,
    entrances           smallint,
    total_area          numeric,
    premises_area       numeric,
    fund_method         fund_method,
    rate                integer,
    spent               bigint,
    in_programme_since  date,
    load_id             integer NOT NULL REFERENCES load
);

-- What a house was before a load changed it.
CREATE TABLE house_history (
    house_id    integer NOT NULL REFERENCES house,
    changed_by  integer NOT NULL REFERENCES load,
    was         jsonb NOT NULL,
    PRIMARY KEY (house_id, changed_by)
);

CREATE TABLE tariff (
    house_id    integer NOT NULL REFERENCES house,
    valid_from  date NOT NULL,
    rate        integer NOT NULL,
    PRIMARY KEY (house_id, valid_from)
);

CREATE TABLE requisites (
    house_id         integer NOT NULL REFERENCES house,
    valid_from       date NOT NULL,
    name             text NOT NULL,
    inn              text NOT NULL,
    kpp              text,
    account          text NOT NULL,
    penalty_account  text,
    bank_name        text NOT NULL,
    bic              text NOT NULL,
    corr_account     text,
    gpb_account_id   text,
    PRIMARY KEY (house_id, valid_from)
);

CREATE TABLE work (
    house_id      integer NOT NULL REFERENCES house,
    position      integer NOT NULL,
    kind          text NOT NULL,
    last_year     smallint,
    planned_year  smallint,
    planned_cost  bigint,
    status        work_status NOT NULL,
    contractor    text,
    finished_on   date,
    actual_cost   bigint,
    PRIMARY KEY (house_id, position)
);

CREATE TABLE premises (
    premises_id  integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    house_id     integer NOT NULL REFERENCES house,
    number       text NOT NULL,
    kind         premises_kind NOT NULL,
    UNIQUE (house_id, number, kind)
);

CREATE TABLE account (
    account_id  integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    number      text NOT NULL UNIQUE,
    -- where the account is by its state of today; loads keep it so
    house_id    integer NOT NULL REFERENCES house
);
CREATE INDEX account_house ON account (house_id);

-- The account's state from a day on: the last one that has begun is the state of today.
CREATE TABLE account_state (
    account_id         integer NOT NULL REFERENCES account,
    valid_from         date NOT NULL,
    premises_id        integer NOT NULL REFERENCES premises,
    area               numeric,
    share_numerator    integer NOT NULL,
    share_denominator  integer NOT NULL,
    els                text,
    service_code       text,
    owner_kind         owner_kind NOT NULL,
    last_name          text,
    first_name         text,
    middle_name        text,
    organization       text,
    inn                text,
    opened_on          date,
    closed_on          date,
    load_id            integer NOT NULL REFERENCES load,
    -- who the owner is, spelling aside: two states with one key are one ownership
    owner_key          text NOT NULL,
    -- the first day of this ownership; NULL: the first owner, who sees the account from its start
    owner_since        date,
    PRIMARY KEY (account_id, valid_from),
    CHECK (share_numerator > 0 AND share_denominator >= share_numerator)
);
CREATE INDEX account_state_valid_from ON account_state (valid_from);
CREATE INDEX account_state_load ON account_state (load_id);

-- The state of a day: the last that has begun, or the first of an account that is still to begin.
CREATE FUNCTION account_state_on(account integer, day date) RETURNS SETOF account_state
LANGUAGE sql STABLE AS $$
    SELECT * FROM account_state
     WHERE account_id = account
     ORDER BY valid_from > day, abs(valid_from - day)
     LIMIT 1
$$;

-- Every number the account is known by, its own too, as people type it: no blanks, no dashes.
CREATE TABLE account_number (
    number_key  text NOT NULL,
    account_id  integer NOT NULL REFERENCES account,
    number      text NOT NULL,
    valid_from  date,
    PRIMARY KEY (number_key, account_id)
);
CREATE INDEX account_number_account ON account_number (account_id);

GRANT SELECT, INSERT, UPDATE ON load, house, tariff, requisites, work, premises, account,
    account_state, account_number TO lkcap_app;
GRANT SELECT, INSERT ON set_aside, house_history TO lkcap_app;
