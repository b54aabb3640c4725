-- The last version of each account's receipt for a month, of the owner of that month.
SELECT DISTINCT ON (r.account_id) r.account_id, r.version, CAST(r.receipt AS text) AS receipt
  FROM unnest(CAST(:account_ids AS integer[]), CAST(:owner_keys AS text[])) AS o (account_id, owner_key)
  JOIN receipt r ON r.account_id = o.account_id AND r.owner_key = o.owner_key
 WHERE r.period = :period
 ORDER BY r.account_id, r.version DESC
