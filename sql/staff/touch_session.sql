-- The employee is still at work.
UPDATE staff_session SET seen_at = :now WHERE token_hash = :token_hash
