-- The form was shown filled in: once is enough.
DELETE FROM kept_answers WHERE token_hash = :token_hash
