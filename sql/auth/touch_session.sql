-- The reader is still here; written at most every few minutes.
UPDATE login_session SET seen_at = :now WHERE token_hash = :token_hash
