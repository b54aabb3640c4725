-- No code twice: of two browsers with the same one, the first is let in.
UPDATE subscriber SET totp_last_step = :step
 WHERE subscriber_id = :subscriber_id AND (totp_last_step IS NULL OR totp_last_step < :step)
