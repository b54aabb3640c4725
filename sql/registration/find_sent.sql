-- The application a link of a letter is about.
SELECT application_id, state, token_until FROM application WHERE token_hash = :token_hash
