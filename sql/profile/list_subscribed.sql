-- Accounts whose receipts go to the subscriber by mail.
SELECT account_id FROM receipt_subscription WHERE subscriber_id = :subscriber_id
