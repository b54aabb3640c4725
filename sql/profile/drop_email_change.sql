-- Confirmed, or given up.
DELETE FROM email_change WHERE subscriber_id = :subscriber_id
