-- Accounts of the login, those too that have another owner by now.
SELECT a.number,
       link.linked_on,
       state.owner_key = link.owner_key AS is_his,
       subscription.since AS receipts_since
  FROM subscriber_account link
  JOIN account a USING (account_id)
 CROSS JOIN LATERAL account_state_on(a.account_id, :today) state
  LEFT JOIN receipt_subscription subscription
    ON subscription.subscriber_id = link.subscriber_id AND subscription.account_id = link.account_id
 WHERE link.subscriber_id = :subscriber_id
 ORDER BY a.number
