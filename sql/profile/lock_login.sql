-- Two changes of one login at once must not leave it without an account.
SELECT subscriber_id FROM subscriber WHERE subscriber_id = :subscriber_id FOR UPDATE
