-- depends: 0002_registry
-- All money of an account is a list of entries; everything shown is computed from them.
-- Why one table with a covering index, and how it grows: docs/adr/0002-ledger.md.

CREATE TYPE debt_kind AS ENUM ('principal', 'penalty');
CREATE TYPE entry_op AS ENUM (
    'opening', 'charge', 'recalculation', 'act', 'payment', 'correction', 'write_off'
);

CREATE TABLE service (
    service_id  smallint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name        text NOT NULL UNIQUE
);

-- No foreign keys: a load resolves its accounts by joining them, and nothing is ever deleted.
CREATE TABLE entry (
    account_id  integer NOT NULL,
    kind        debt_kind NOT NULL,
    period      date NOT NULL CHECK (extract(day FROM period) = 1),
    service_id  smallint NOT NULL,
    op          entry_op NOT NULL,
    amount      bigint NOT NULL,
    posted_on   date NOT NULL,
    for_period  date CHECK (extract(day FROM for_period) = 1),
    load_id     integer NOT NULL,
    entry_id    text NOT NULL,
    document    text,
    bank_ref    text,
    details     text,
    CHECK (amount >= 0 OR op NOT IN ('charge', 'write_off') OR document IS NOT NULL)
) WITH (
    -- the ledger only grows: keep the visibility map fresh so that statements stay index-only
    autovacuum_vacuum_insert_scale_factor = 0.0,
    autovacuum_vacuum_insert_threshold = 200000
);

-- A whole statement is read from here, without the table: 150 months are a handful of pages.
CREATE INDEX entry_statement ON entry (account_id, kind, period, service_id, op) INCLUDE (amount);
-- The billing system's number is unique; the account stands in the key so that the ledger can be
-- distributed by account, and loads refuse one number on two accounts.
CREATE UNIQUE INDEX entry_billing ON entry (entry_id, account_id);
CREATE INDEX entry_opening ON entry (account_id, kind, service_id, period) WHERE op = 'opening';

-- Totals kept up by loads, in the transaction of the load; `verify-books` compares them with sums.
CREATE TABLE account_balance (
    account_id  integer NOT NULL,
    kind        debt_kind NOT NULL,
    balance     bigint NOT NULL,
    PRIMARY KEY (account_id, kind)
) WITH (fillfactor = 80);

CREATE TABLE house_year (
    house_id  integer NOT NULL,
    kind      debt_kind NOT NULL,
    year      smallint NOT NULL,
    charged   bigint NOT NULL,
    paid      bigint NOT NULL,
    PRIMARY KEY (house_id, kind, year)
);

CREATE TABLE house_debt (
    house_id  integer NOT NULL,
    kind      debt_kind NOT NULL,
    debt      bigint NOT NULL,
    PRIMARY KEY (house_id, kind)
);

CREATE TABLE fund_year (
    kind     debt_kind NOT NULL,
    year     smallint NOT NULL,
    charged  bigint NOT NULL,
    paid     bigint NOT NULL,
    PRIMARY KEY (kind, year)
);

CREATE TABLE fund_total (
    only_row        boolean PRIMARY KEY DEFAULT true CHECK (only_row),
    as_of           date NOT NULL,
    houses          integer NOT NULL,
    accounts        integer NOT NULL,
    spent           bigint NOT NULL,
    principal_debt  bigint NOT NULL,
    penalty_debt    bigint NOT NULL
);

-- Append-only by privilege: nothing of ours can change or delete an entry.
GRANT SELECT, INSERT ON service, entry TO lkcap_app;
GRANT SELECT, INSERT, UPDATE ON account_balance, house_year, house_debt, fund_year, fund_total
    TO lkcap_app;
