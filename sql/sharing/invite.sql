-- An invitation; to the same address again, it takes the place of the one that waits. The words and
-- the right of an access that is in use are not touched.
INSERT INTO account_share AS share
       (owner_id, account_id, owner_key, called, email, may, invited_at, token_hash, expires_at)
VALUES (:owner_id, :account_id, :owner_key, :called, :email, :may, :now, :token_hash, :expires_at)
    ON CONFLICT (owner_id, account_id, lower(email)) DO UPDATE
   SET owner_key = excluded.owner_key, called = excluded.called, email = excluded.email,
       may = excluded.may, invited_at = excluded.invited_at, token_hash = excluded.token_hash,
       expires_at = excluded.expires_at, relative_id = NULL, accepted_at = NULL, visited_at = NULL
 WHERE share.relative_id IS NULL OR share.owner_key <> excluded.owner_key
