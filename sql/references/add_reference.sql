-- Keep a reference; one that another process has just made for the same range stays as it is.
INSERT INTO reference (reference_id, code, account_id, owner_key, first_period, last_period,
                       made_on, reference)
VALUES (:reference_id, :code, :account_id, :owner_key, :first, :last, :made_on,
        CAST(:reference AS jsonb))
    ON CONFLICT (account_id, owner_key, first_period, last_period, made_on)
 WHERE withdrawn_on IS NULL DO NOTHING
