-- The code is asked for at login from now on, or (no secret) no more.
UPDATE subscriber
   SET totp_secret = CAST(:secret AS bytea), totp_last_step = CAST(:step AS bigint)
 WHERE subscriber_id = :subscriber_id
