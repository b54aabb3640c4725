-- What a stranger may know of a subscriber, and his password must not be.
SELECT email AS word FROM subscriber WHERE subscriber_id = :subscriber_id
 UNION
SELECT number_key FROM account_number
  JOIN accounts_open_to(:subscriber_id) USING (account_id)
 LIMIT 100
