-- Rows of a registry, as read, and what becomes of each.
CREATE TEMPORARY TABLE stage_payments (
    line        bigint NOT NULL,
    trx_id      text NOT NULL,
    part        text NOT NULL,
    number      text,
    number_key  text,
    principal   bigint NOT NULL,
    penalty     bigint NOT NULL,
    paid_on     date NOT NULL,
    paid_at     timestamptz NOT NULL,
    account_id  integer,
    service_id  smallint,
    -- why the row waits for a person
    reason      text,
    payment_id  bigint,
    verdict     text
) ON COMMIT DROP
