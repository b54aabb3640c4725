-- What the entries of a load change, by account, kind and year; filled by entries/store.
CREATE TEMPORARY TABLE load_turnover (
    account_id  integer NOT NULL,
    kind        debt_kind NOT NULL,
    year        smallint NOT NULL,
    change      bigint NOT NULL,
    charged     bigint NOT NULL,
    paid        bigint NOT NULL
) ON COMMIT DROP
