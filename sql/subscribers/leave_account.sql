-- Browsers that stand at an account which is being taken away are logged out of it.
DELETE FROM login_session WHERE subscriber_id = :subscriber_id AND account_id = :account_id
