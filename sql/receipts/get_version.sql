-- A receipt as it was handed out to today's owner, an older version too.
SELECT CAST(r.receipt AS text) AS receipt
  FROM receipt r
 CROSS JOIN LATERAL account_state_on(r.account_id, :today) state
 WHERE r.account_id = :account_id
   AND r.period = :period
   AND r.version = :version
   AND r.owner_key = state.owner_key
