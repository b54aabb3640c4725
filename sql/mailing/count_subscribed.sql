-- How many receipts are asked for by mail.
SELECT count(*) AS count FROM receipt_subscription
