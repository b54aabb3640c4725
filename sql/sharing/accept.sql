-- The invitation becomes an access, once: of two browsers with the same link the first one has it.
UPDATE account_share
   SET relative_id = :relative_id, accepted_at = :now, token_hash = NULL, expires_at = NULL
 WHERE token_hash = :token_hash AND expires_at > :now AND owner_id <> :relative_id
