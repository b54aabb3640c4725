-- To whom a subscriber has opened his accounts of today, and whom he has invited.
SELECT share.share_id, a.number, share.called, share.email, share.may, share.invited_at,
       share.expires_at, share.accepted_at, share.visited_at,
       owner_in_short(state) AS given_by,
       share.relative_id,
       relative.email AS relative_email
  FROM account_share share
  JOIN subscriber_account link
    ON link.subscriber_id = share.owner_id AND link.account_id = share.account_id
   AND link.owner_key = share.owner_key
  JOIN account a ON a.account_id = share.account_id
 CROSS JOIN LATERAL account_state_on(a.account_id, :today) state
  LEFT JOIN subscriber relative ON relative.subscriber_id = share.relative_id
 WHERE share.owner_id = :owner_id
   AND state.owner_key = share.owner_key
 ORDER BY a.number, share.accepted_at NULLS LAST, share.invited_at, share.share_id
 LIMIT :most
