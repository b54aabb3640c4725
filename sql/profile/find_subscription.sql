-- What a link in a letter is about: the account, whether it is still his, and whether letters go.
SELECT a.number,
       coalesce(state.owner_key = link.owner_key, false) AS is_his,
       subscription.account_id IS NOT NULL AS is_subscribed
  FROM subscriber s
 CROSS JOIN account a
 CROSS JOIN LATERAL account_state_on(a.account_id, :today) state
  LEFT JOIN subscriber_account link
    ON link.subscriber_id = s.subscriber_id AND link.account_id = a.account_id
  LEFT JOIN receipt_subscription subscription
    ON subscription.subscriber_id = s.subscriber_id AND subscription.account_id = a.account_id
 WHERE s.subscriber_id = :subscriber_id AND a.account_id = :account_id
