-- What a link of an invitation opens, while it lives: the owner's link holds, and he is not blocked.
-- The login of its address, if there is one, and whether anything is open to it today.
SELECT share.share_id, share.owner_id, owner.email AS owner_email, share.account_id, a.number,
       owner_in_short(state) AS given_by, share.called, share.email, share.may, share.expires_at,
       known.subscriber_id AS login_id,
       coalesce(known.blocked_at IS NULL AND known.email_confirmed_at IS NOT NULL, false)
           AS login_is_good,
       EXISTS (SELECT
                 FROM accounts_open_to(known.subscriber_id) open
                CROSS JOIN LATERAL account_state_on(open.account_id, :today) present
                WHERE present.owner_key = open.owner_key) AS login_has_accounts
  FROM account_share share
  JOIN subscriber_account link
    ON link.subscriber_id = share.owner_id AND link.account_id = share.account_id
   AND link.owner_key = share.owner_key
  JOIN subscriber owner ON owner.subscriber_id = share.owner_id AND owner.blocked_at IS NULL
  JOIN account a ON a.account_id = share.account_id
 CROSS JOIN LATERAL account_state_on(a.account_id, :today) state
  LEFT JOIN subscriber known ON lower(known.email) = lower(share.email)
 WHERE share.token_hash = :token_hash
   AND share.expires_at > :now
   AND state.owner_key = share.owner_key
