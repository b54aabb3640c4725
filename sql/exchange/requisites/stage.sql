-- Requisites of one batch of rows, as read.
CREATE TEMPORARY TABLE stage_requisites (
    line             bigint NOT NULL,
    house_id         text NOT NULL,
    valid_from       date NOT NULL,
    name             text NOT NULL,
    inn              text NOT NULL,
    kpp              text,
    account          text NOT NULL,
    penalty_account  text,
    bank_name        text NOT NULL,
    bic              text NOT NULL,
    corr_account     text,
    gpb_account_id   text
) ON COMMIT DROP
