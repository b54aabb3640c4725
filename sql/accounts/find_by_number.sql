-- The accounts a number may mean, with today's owner: more than one must be asked about.
SELECT DISTINCT a.account_id, a.number, state.owner_key
  FROM account_number n
  JOIN account a USING (account_id)
 CROSS JOIN LATERAL account_state_on(a.account_id, :today) state
 WHERE n.number_key = :number_key
