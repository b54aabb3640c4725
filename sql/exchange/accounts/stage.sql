-- States of accounts of one batch of rows, as read; aliases are `key|number|date` by commas.
CREATE TEMPORARY TABLE stage_accounts (
    line               bigint NOT NULL,
    number             text NOT NULL,
    valid_from         date NOT NULL,
    els                text,
    service_code       text,
    house_code         text NOT NULL,
    premises           text NOT NULL,
    premises_kind      premises_kind NOT NULL,
    area               numeric,
    share_numerator    integer NOT NULL,
    share_denominator  integer NOT NULL,
    owner_kind         owner_kind NOT NULL,
    last_name          text,
    first_name         text,
    middle_name        text,
    organization       text,
    inn                text,
    opened_on          date,
    closed_on          date,
    owner_key          text NOT NULL,
    aliases            text
) ON COMMIT DROP
