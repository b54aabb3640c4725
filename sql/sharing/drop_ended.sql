-- `tidy`: invitations nobody has accepted in time, and what the former owner of an account had given.
DELETE FROM account_share share
 WHERE share.expires_at <= :now
    OR share.owner_key <> (SELECT state.owner_key
                             FROM account_state_on(share.account_id, :today) state)
