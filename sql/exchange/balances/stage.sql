-- The billing system's own closing balances of one batch of rows.
CREATE TEMPORARY TABLE stage_balances (
    line     bigint NOT NULL,
    account  text NOT NULL,
    period   date NOT NULL,
    kind     debt_kind NOT NULL,
    closing  bigint NOT NULL
) ON COMMIT DROP
