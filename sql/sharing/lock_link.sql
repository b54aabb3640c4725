-- The owner's link to the account while it holds today; his other invitations wait for this one.
SELECT link.account_id, a.number, link.owner_key, owner.email, owner_in_short(state) AS given_by
  FROM subscriber_account link
  JOIN subscriber owner USING (subscriber_id)
  JOIN account a ON a.account_id = link.account_id
 CROSS JOIN LATERAL account_state_on(a.account_id, :today) state
 WHERE link.subscriber_id = :owner_id
   AND a.number = :number
   AND state.owner_key = link.owner_key
   FOR UPDATE OF link
