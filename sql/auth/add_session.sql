-- A browser has logged in.
INSERT INTO login_session (token_hash, subscriber_id, account_id, created_at, seen_at)
VALUES (:token_hash, :subscriber_id, :account_id, :now, :now)
