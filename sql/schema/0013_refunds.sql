-- depends: 0012_applications
-- depends: 0009_staff
-- What is put right afterwards: refunds, loads that are undone, money whose account a person finds;
-- and forms of payment that are sent twice.

-- A form sent twice is the same order: `form` is a digest of what was sent.
CREATE TABLE order_form (
    form      text PRIMARY KEY,
    order_id  text NOT NULL REFERENCES payment_order,
    -- the bank's page; NULL while the bank is being asked for it
    url       text
);
CREATE INDEX order_form_order ON order_form (order_id);

-- `sent`: the bank is being asked, or was when the process died. `unknown`: it was, and nobody
-- knows what it did; nothing of the payment is given back again before that is known.
CREATE TYPE refund_state AS ENUM (
    'asked', 'sent', 'done', 'refused', 'unknown', 'withdrawn'
);

-- Money given back to the card it came from, kopecks; a negative payment of its own when done.
CREATE TABLE refund (
    refund_id     bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    payment_id    bigint NOT NULL REFERENCES payment,
    state         refund_state NOT NULL DEFAULT 'asked',
    principal     bigint NOT NULL CHECK (principal >= 0),
    penalty       bigint NOT NULL CHECK (penalty >= 0),
    why           text NOT NULL,
    -- of the form it was asked by: sent twice, it is the same refund
    form          text NOT NULL UNIQUE,
    asked_by      integer NOT NULL REFERENCES staff,
    asked_at      timestamptz NOT NULL DEFAULT now(),
    -- the second employee, where one is needed
    confirmed_by  integer REFERENCES staff,
    sent_at       timestamptz,
    -- when it was last looked for at the bank
    looked_at     timestamptz,
    settled_at    timestamptz,
    -- the bank's words of a refusal, or what is not known
    reason        text,
    CHECK (principal + penalty > 0),
    CHECK (confirmed_by <> asked_by)
);
-- One at a time: what is not known yet must not be repeated.
CREATE UNIQUE INDEX refund_open ON refund (payment_id) WHERE state IN ('asked', 'sent', 'unknown');
CREATE INDEX refund_payment ON refund (payment_id);

ALTER TABLE payment
    -- of a refund: what was given back
    ADD COLUMN refund_id     bigint UNIQUE REFERENCES refund,
    -- the load that was undone, or taken anew: the row counts no more, and its entries are taken
    -- back. Its `part` ends with its own number then, which frees the key for the row that follows.
    ADD COLUMN withdrawn_by  integer REFERENCES load;

-- Who found the account of a payment that had none: a later registry, or a person.
CREATE TABLE payment_found (
    payment_id  bigint PRIMARY KEY REFERENCES payment,
    load_id     integer REFERENCES load,
    staff_id    integer REFERENCES staff,
    given_at    timestamptz NOT NULL DEFAULT now(),
    CHECK ((load_id IS NULL) <> (staff_id IS NULL))
);

-- What a registry says of itself: the payment order that brought its money, and its totals.
CREATE TABLE registry_control (
    load_id       integer PRIMARY KEY REFERENCES load,
    order_number  text NOT NULL,
    order_date    date,
    rows          bigint NOT NULL,
    amount        bigint NOT NULL
);
CREATE INDEX registry_control_order ON registry_control (order_number);

-- A load whose entries were taken back by those of another one, of kind `undo`.
CREATE TABLE load_undo (
    load_id       integer PRIMARY KEY REFERENCES load,
    undo_load_id  integer NOT NULL UNIQUE REFERENCES load,
    staff_id      integer REFERENCES staff,
    why           text NOT NULL,
    undone_at     timestamptz NOT NULL DEFAULT now()
);

-- As before (0008_orders), but for what was undone, and for refunds: billing's negative entries by
-- the number of the payment stand for its refunds, the oldest first, as far as they reach; where
-- there are none they are billing's own way to write the payment.
CREATE OR REPLACE VIEW payment_billed AS
SELECT p.payment_id, e.load_id, e.entry_id, e.account_id, e.kind, e.amount
  FROM payment p
  JOIN entry e ON e.bank_ref = ANY (ARRAY[p.trx_id, p.rrn])
 WHERE e.bank_ref IS NOT NULL AND e.op = 'payment' AND e.load_id > 0
   AND p.withdrawn_by IS NULL
   AND (e.account_id = p.account_id
        OR (e.bank_ref = p.trx_id
            AND NOT EXISTS (SELECT 1 FROM payment other
                             WHERE other.source = p.source AND other.trx_id = p.trx_id
                               AND other.withdrawn_by IS NULL
                               AND other.account_id IS DISTINCT FROM p.account_id)))
   AND NOT EXISTS (SELECT 1 FROM load_undo undone WHERE undone.load_id = e.load_id)
   AND CASE WHEN p.refund_id IS NULL
            THEN e.amount >= 0
                 OR NOT EXISTS (SELECT 1 FROM payment back
                                 WHERE back.source = p.source AND back.trx_id = p.trx_id
                                   AND back.refund_id IS NOT NULL AND back.withdrawn_by IS NULL)
            ELSE e.amount < 0
                 AND (e.bank_ref <> p.trx_id
                      OR (SELECT sum(all_back.amount) FROM entry all_back
                           WHERE all_back.bank_ref = p.trx_id AND all_back.op = 'payment'
                             AND all_back.load_id > 0 AND all_back.amount < 0
                             AND NOT EXISTS (SELECT 1 FROM load_undo undone
                                              WHERE undone.load_id = all_back.load_id))
                         < (SELECT coalesce(sum(earlier.principal + earlier.penalty), 0)
                              FROM payment earlier
                             WHERE earlier.source = p.source AND earlier.trx_id = p.trx_id
                               AND earlier.refund_id < p.refund_id
                               AND earlier.withdrawn_by IS NULL))
       END;

GRANT SELECT, INSERT, UPDATE, DELETE ON order_form TO lkcap_app;
GRANT SELECT, INSERT, UPDATE ON refund TO lkcap_app;
GRANT SELECT, INSERT ON payment_found, registry_control, load_undo TO lkcap_app;
GRANT UPDATE (part, withdrawn_by, refund_id) ON payment TO lkcap_app;
-- a registry that is undone confirms nothing
GRANT DELETE ON payment_match TO lkcap_app;
