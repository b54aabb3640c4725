-- depends: 0007_references
-- Payments through banks: orders, what the banks said, what was booked of it.
-- A payment is booked at once, provisionally; when the billing system sends its own entry of it,
-- ours is taken back by a storno and a link row says so (contract, «Never twice»).

CREATE TYPE bank AS ENUM ('gpb', 'sngb');
-- Who told us of money: a bank's message, or a registry of another way to pay.
CREATE TYPE payment_source AS ENUM ('gpb', 'sngb', 'sber', '1c', 'dbf', 'csv');
CREATE TYPE order_state AS ENUM (
    'created', 'checked', 'paid', 'failed', 'cancelled', 'expired', 'refunded_part', 'refunded'
);

-- One attempt to pay; sums are kopecks, `fee` is what was shown, NULL where none is agreed.
CREATE TABLE payment_order (
    order_id         text PRIMARY KEY,
    account_id       integer NOT NULL REFERENCES account,
    -- NULL: paid by the account's number alone
    subscriber_id    integer REFERENCES subscriber,
    bank             bank NOT NULL,
    state            order_state NOT NULL DEFAULT 'created',
    principal        bigint NOT NULL CHECK (principal >= 0),
    penalty          bigint NOT NULL CHECK (penalty >= 0),
    fee              bigint CHECK (fee >= 0),
    -- where its entries will stand
    service_id       smallint NOT NULL REFERENCES service,
    -- the account of ours at the bank that takes the money
    bank_account     text NOT NULL DEFAULT '',
    created_at       timestamptz NOT NULL DEFAULT now(),
    expires_at       timestamptz NOT NULL,
    -- the payer's browser was sent to the bank
    sent_at          timestamptz,
    -- when the bank was asked last; to come: it is being asked now
    asked_at         timestamptz,
    bank_payment_id  text,
    -- the bank's word for the last refusal
    reason           text,
    CHECK (principal + penalty > 0)
);
CREATE INDEX payment_order_account ON payment_order (account_id, created_at);
CREATE INDEX payment_order_unanswered ON payment_order (created_at)
    WHERE state IN ('created', 'checked', 'failed', 'expired');
CREATE INDEX payment_order_waiting ON payment_order (expires_at)
    WHERE state IN ('created', 'checked');

-- Which months an order pays, as it was shown before the payment; NULL month is an advance.
CREATE TABLE order_part (
    order_id  text NOT NULL REFERENCES payment_order,
    place     smallint NOT NULL,
    kind      debt_kind NOT NULL,
    month     date CHECK (extract(day FROM month) = 1),
    amount    bigint NOT NULL CHECK (amount > 0),
    PRIMARY KEY (order_id, place)
);

-- Money that a bank has taken: one row a transaction, an order may have several.
-- Without an order it is a stranger's, and without an account it waits in suspense for a person.
CREATE TABLE payment (
    payment_id  bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    source      payment_source NOT NULL,
    -- the bank's own number of the transaction, or the registry's number of the operation
    trx_id      text NOT NULL,
    -- a registry may tell of one operation on several rows: what else makes a row the same one
    part        text NOT NULL DEFAULT '',
    order_id    text REFERENCES payment_order,
    account_id  integer REFERENCES account,
    load_id     integer REFERENCES load,
    principal   bigint NOT NULL,
    penalty     bigint NOT NULL,
    -- the bank's time of the payment, and the month of it in the fund's zone
    paid_at     timestamptz NOT NULL,
    period      date NOT NULL CHECK (extract(day FROM period) = 1),
    booked_at   timestamptz NOT NULL DEFAULT now(),
    rrn         text,
    auth_code   text,
    masked_pan  text,
    UNIQUE (source, trx_id, part)
);
CREATE INDEX payment_order_id ON payment (order_id);
CREATE INDEX payment_account ON payment (account_id, paid_at);
CREATE INDEX payment_trx_id ON payment (trx_id);
CREATE INDEX payment_paid_at ON payment (paid_at);

-- The billing system's own entries stand for the payment from this load on.
CREATE TABLE payment_link (
    payment_id  bigint PRIMARY KEY REFERENCES payment,
    load_id     integer NOT NULL REFERENCES load,
    linked_at   timestamptz NOT NULL DEFAULT now()
);

-- A registry has told of a payment that its bank's message had brought before.
CREATE TABLE payment_match (
    payment_id  bigint PRIMARY KEY REFERENCES payment,
    load_id     integer NOT NULL REFERENCES load,
    matched_at  timestamptz NOT NULL DEFAULT now()
);

-- Every verified message of a bank and our answer to it, for ever.
CREATE TABLE bank_message (
    message_id   bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    bank         bank NOT NULL,
    kind         text NOT NULL,
    received_at  timestamptz NOT NULL DEFAULT now(),
    address      text NOT NULL,
    raw          text NOT NULL,
    order_id     text,
    trx_id       text,
    verdict      text NOT NULL,
    answer       text NOT NULL
);
CREATE INDEX bank_message_order ON bank_message (order_id);

-- Messages we did not believe: kept for 90 days and up to a cap, for whoever must find out why.
CREATE TABLE refused_message (
    message_id   bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    bank         bank NOT NULL,
    kind         text NOT NULL,
    received_at  timestamptz NOT NULL DEFAULT now(),
    address      text NOT NULL,
    raw          text NOT NULL,
    reason       text NOT NULL
);
CREATE INDEX refused_message_received_at ON refused_message (received_at);

-- What the ledger holds of payments that the billing system has not sent yet, apart from what it
-- has: houses and loads count without it, the reader's debt with it. A payment lowers it.
ALTER TABLE account_balance ADD COLUMN in_transit bigint NOT NULL DEFAULT 0;

-- Billing's entries are recognised by the bank's own number.
CREATE INDEX entry_bank_ref ON entry (bank_ref) WHERE op = 'payment' AND bank_ref IS NOT NULL;

-- Entries of billing that stand for a payment: by the bank's own number, by the rrn only together
-- with the account. So is a number that stands on several rows of a registry: one payer's receipt
-- for two accounts is two payments.
CREATE VIEW payment_billed AS
SELECT p.payment_id, e.load_id, e.entry_id, e.account_id, e.kind, e.amount
  FROM payment p
  JOIN entry e ON e.bank_ref = ANY (ARRAY[p.trx_id, p.rrn])
 WHERE e.bank_ref IS NOT NULL AND e.op = 'payment' AND e.load_id > 0
   AND (e.account_id = p.account_id
        OR (e.bank_ref = p.trx_id
            AND NOT EXISTS (SELECT 1 FROM payment other
                             WHERE other.source = p.source AND other.trx_id = p.trx_id
                               AND other.account_id IS DISTINCT FROM p.account_id)));

-- Where a payment of the account is booked: the service it was charged for last, else the usual.
CREATE FUNCTION contribution_service(account integer, usual text)
RETURNS TABLE (service_id smallint)
LANGUAGE sql STABLE AS $$
    SELECT found.service_id
      FROM (SELECT charged.service_id, 1 AS rank
              FROM (SELECT e.service_id FROM entry e
                     WHERE e.account_id = account AND e.kind = 'principal' AND e.op = 'charge'
                     ORDER BY e.period DESC, e.service_id LIMIT 1) charged
            UNION ALL
            SELECT s.service_id, 2 FROM service s WHERE s.name = usual) found
     ORDER BY found.rank
     LIMIT 1
$$;

-- Whom a house pays on a day: its own requisites; no row, and it pays the fund.
CREATE FUNCTION house_payee_on(house integer, day date)
RETURNS TABLE (payee_name text, inn text, kpp text, payee_account text, penalty_account text,
               bank_name text, bic text, corr_account text, gpb_account_id text)
LANGUAGE sql STABLE AS $$
    SELECT r.name, r.inn, r.kpp, r.account, r.penalty_account,
           r.bank_name, r.bic, r.corr_account, r.gpb_account_id
      FROM requisites r
     WHERE r.house_id = house AND r.valid_from <= day
     ORDER BY r.valid_from DESC
     LIMIT 1
$$;

GRANT SELECT, INSERT, UPDATE ON payment_order TO lkcap_app;
GRANT SELECT, INSERT ON order_part, payment, payment_link, payment_match, bank_message TO lkcap_app;
-- What may come later: a suspended payment's account, and of a registry's row the order and what
-- the bank's message tells.
GRANT UPDATE (order_id, account_id, rrn, auth_code, masked_pan) ON payment TO lkcap_app;
GRANT SELECT ON payment_billed TO lkcap_app;
GRANT SELECT, INSERT, DELETE ON refused_message TO lkcap_app;
