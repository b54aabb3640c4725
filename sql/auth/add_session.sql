-- A browser has logged in: unless meanwhile its subscriber was blocked or has another password.
INSERT INTO login_session
       (token_hash, subscriber_id, account_id, created_at, seen_at, address, agent, is_limited)
SELECT :token_hash, subscriber_id, :account_id, :now, :now, :address, :agent, :is_limited
  FROM subscriber
 WHERE subscriber_id = :subscriber_id
   AND blocked_at IS NULL
   AND password_changed_at IS NOT DISTINCT FROM CAST(:password_changed_at AS timestamptz)
