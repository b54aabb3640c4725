-- All browsers of a subscriber are logged out but one; with a token of none, all of them.
DELETE FROM login_session WHERE subscriber_id = :subscriber_id AND token_hash <> :kept
