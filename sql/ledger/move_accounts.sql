-- …are counted where they are from now on.
UPDATE account a
   SET house_id = p.house_id
  FROM moved_accounts moved
 CROSS JOIN LATERAL account_state_on(moved.account_id, :today) state
  JOIN premises p USING (premises_id)
 WHERE a.account_id = moved.account_id
