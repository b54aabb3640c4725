-- Issue receipts; a version that another process has just issued stays as it is.
INSERT INTO receipt (account_id, period, owner_key, version, receipt)
SELECT account_id, :period, owner_key, version, CAST(receipt AS jsonb)
  FROM unnest(CAST(:account_ids AS integer[]), CAST(:owner_keys AS text[]),
              CAST(:versions AS smallint[]), CAST(:receipts AS text[]))
    AS one (account_id, owner_key, version, receipt)
    ON CONFLICT DO NOTHING
