-- The login opens again.
UPDATE subscriber SET blocked_at = NULL WHERE subscriber_id = :subscriber_id
