-- The account a login is opened for, with its owner of today.
SELECT a.account_id, a.number, state.owner_key
  FROM account a
 CROSS JOIN LATERAL account_state_on(a.account_id, :today) state
 WHERE a.account_id = :account_id
