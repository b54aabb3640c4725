-- Taken away by its use: of two browsers with the same one, the first is let in.
DELETE FROM one_time_password
 WHERE subscriber_id = :subscriber_id AND made_at = :made_at AND expires_at > :now
