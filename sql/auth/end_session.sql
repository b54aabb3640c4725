-- Logout: the cookie is worth nothing from now on.
DELETE FROM login_session WHERE token_hash = :token_hash
