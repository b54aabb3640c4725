-- A new address waits for its confirmation; it takes the place of an earlier one.
INSERT INTO email_change (subscriber_id, new_email, token_hash, expires_at)
VALUES (:subscriber_id, :new_email, :token_hash, :expires_at)
    ON CONFLICT (subscriber_id) DO UPDATE
   SET (new_email, token_hash, expires_at)
     = ROW (excluded.new_email, excluded.token_hash, excluded.expires_at)
