-- Receipts by mail, while the account is the subscriber's; asked for twice, it is the same.
INSERT INTO receipt_subscription (subscriber_id, account_id, since)
SELECT link.subscriber_id, link.account_id, :now
  FROM subscriber_account link
 CROSS JOIN LATERAL account_state_on(link.account_id, :today) state
 WHERE link.subscriber_id = :subscriber_id
   AND link.account_id = :account_id
   AND state.owner_key = link.owner_key
    ON CONFLICT DO NOTHING
