-- The accounts a number may mean, with today's owner: more than one must be asked about.
SELECT DISTINCT a.account_id, a.number, state.owner_key
  FROM account_number n
  JOIN account a USING (account_id)
 CROSS JOIN LATERAL (
       SELECT owner_key FROM account_state
        WHERE account_id = a.account_id AND valid_from <= :today
        ORDER BY valid_from DESC LIMIT 1) state
 WHERE n.number_key = :number_key
