-- «Выход»: the cookie is worth nothing from now on.
DELETE FROM staff_session WHERE token_hash = :token_hash
