-- Where the login is open now, the latest first. The handle is of no use to open anything.
SELECT left(encode(token_hash, 'hex'), 16) AS handle,
       token_hash = :token_hash AS is_this,
       address,
       agent,
       created_at,
       seen_at
  FROM login_session
 WHERE subscriber_id = :subscriber_id
   AND seen_at > :idle_since
   AND created_at > :begun_since
 ORDER BY is_this DESC, seen_at DESC
 LIMIT :most
