-- No more receipts by mail; said twice, it is the same.
DELETE FROM receipt_subscription
 WHERE subscriber_id = :subscriber_id AND account_id = :account_id
