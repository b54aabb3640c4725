-- Another account of the same subscriber becomes the current one of this browser.
UPDATE login_session SET account_id = :account_id WHERE token_hash = :token_hash
