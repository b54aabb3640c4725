-- depends: 0019_sharing
-- What loads told otherwise than we have it, kept until it is put right or a person has settled it;
-- and money of СНГБ for orders nobody knows, to be asked about.

CREATE TYPE difference_kind AS ENUM ('registry', 'balance');

-- One thing as one load told it, kopecks. A load that tells of a thing as we have it leaves a row
-- too where an earlier one differed: of one thing, the last load that was not undone is right.
CREATE TABLE difference (
    difference_id  bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    load_id        integer NOT NULL REFERENCES load,
    kind           difference_kind NOT NULL,
    file           text NOT NULL,
    line           bigint NOT NULL,
    -- what it is about: `source/trx_id/part` of a payment, `account_id/period/debt` of a balance
    thing          text NOT NULL,
    -- a payment's own key, as its row may be replaced by another (see refunds: taken anew)
    source         payment_source,
    trx_id         text,
    part           text,
    account_id     integer REFERENCES account,
    period         date CHECK (extract(day FROM period) = 1),
    debt           debt_kind,
    ours           bigint NOT NULL,
    theirs         bigint NOT NULL,
    CHECK (CASE kind WHEN 'registry' THEN num_nonnulls(source, trx_id, part) = 3
                     WHEN 'balance' THEN num_nonnulls(account_id, period, debt) = 3 END)
);
CREATE INDEX difference_thing ON difference (thing, difference_id);
CREATE INDEX difference_load ON difference (load_id, line);

-- What employees said of a difference: settled, or open again; the last word holds for these two
-- sums of this thing, whichever load tells them.
CREATE TABLE difference_word (
    word_id        bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    difference_id  bigint NOT NULL REFERENCES difference,
    is_settled     boolean NOT NULL,
    why            text NOT NULL,
    staff_id       integer NOT NULL REFERENCES staff,
    said_at        timestamptz NOT NULL
);
CREATE INDEX difference_word_difference ON difference_word (difference_id);

CREATE VIEW open_difference AS
SELECT d.difference_id, d.ours, d.theirs
  FROM difference d
 WHERE d.ours <> d.theirs
   AND NOT EXISTS (SELECT 1 FROM load_undo u WHERE u.load_id = d.load_id)
   AND NOT EXISTS (
       SELECT 1 FROM difference later
        WHERE later.thing = d.thing AND later.difference_id > d.difference_id
          AND NOT EXISTS (SELECT 1 FROM load_undo u WHERE u.load_id = later.load_id))
   AND NOT EXISTS (
       SELECT 1
         FROM (SELECT DISTINCT ON (said.thing, said.ours, said.theirs)
                      said.thing, said.ours, said.theirs, word.is_settled
                 FROM difference_word word
                 JOIN difference said USING (difference_id)
                ORDER BY said.thing, said.ours, said.theirs, word.word_id DESC) last_word
        WHERE last_word.is_settled
          AND (last_word.thing, last_word.ours, last_word.theirs) = (d.thing, d.ours, d.theirs));

-- A notification for an order nobody knows names a payment: from then on the bank is asked what
-- became of it. NULL: there is nothing to ask.
ALTER TABLE refused_message ADD COLUMN ask_after timestamptz;

-- What a load booked is found where it lies: rows come in the order of loads. Many values a range,
-- as provisional entries (load 0) stand among them.
CREATE INDEX entry_load ON entry USING brin (load_id int4_minmax_multi_ops);

GRANT SELECT, INSERT ON difference, difference_word TO lkcap_app;
GRANT SELECT ON open_difference TO lkcap_app;
GRANT UPDATE (ask_after) ON refused_message TO lkcap_app;
