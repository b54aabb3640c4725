-- The desk's card: what a login has opened to others, and what others have opened to it.
SELECT share.share_id,
       a.number,
       share.owner_id = :subscriber_id AS is_given,
       CASE WHEN share.owner_id = :subscriber_id THEN coalesce(relative.email, share.email)
            ELSE owner.email END AS other_email,
       share.may, share.invited_at, share.accepted_at,
       coalesce(state.owner_key = share.owner_key AND link.owner_key = share.owner_key
                AND owner.blocked_at IS NULL, false) AS holds
  FROM account_share share
  JOIN subscriber_account link
    ON link.subscriber_id = share.owner_id AND link.account_id = share.account_id
  JOIN subscriber owner ON owner.subscriber_id = share.owner_id
  LEFT JOIN subscriber relative ON relative.subscriber_id = share.relative_id
  JOIN account a ON a.account_id = share.account_id
 CROSS JOIN LATERAL account_state_on(a.account_id, :today) state
 WHERE :subscriber_id IN (share.owner_id, share.relative_id)
 ORDER BY is_given DESC, a.number, share.share_id
 LIMIT :most
