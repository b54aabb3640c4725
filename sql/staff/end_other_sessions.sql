-- A new password, another second factor or a dismissal: every other browser is logged out.
DELETE FROM staff_session WHERE staff_id = :staff_id AND token_hash <> CAST(:token_hash AS bytea)
