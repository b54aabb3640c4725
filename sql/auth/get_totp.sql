-- The secret of the codes, and the last step that was taken.
SELECT totp_secret, totp_last_step FROM subscriber WHERE subscriber_id = :subscriber_id
