-- The login opens nothing until it is let in again.
UPDATE subscriber SET blocked_at = coalesce(blocked_at, :now) WHERE subscriber_id = :subscriber_id
