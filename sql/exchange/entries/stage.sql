-- Entries of one batch of rows, as read; `raw` is kept for openings alone, which wait for the rest.
CREATE TEMPORARY TABLE stage_entries (
    line        bigint NOT NULL,
    entry_id    text NOT NULL,
    account     text NOT NULL,
    period      date NOT NULL,
    service     text NOT NULL,
    kind        debt_kind NOT NULL,
    op          entry_op NOT NULL,
    amount      bigint NOT NULL,
    posted_on   date NOT NULL,
    for_period  date,
    document    text,
    bank_ref    text,
    details     text,
    raw         text
) ON COMMIT DROP
