-- Accounts that the login has opened to others, with whom, and those opened to it.
SELECT a.number,
       share.owner_id = :subscriber_id AS is_given,
       CASE WHEN share.owner_id = :subscriber_id THEN share.called END AS called,
       CASE WHEN share.owner_id = :subscriber_id THEN share.email END AS email,
       share.may, share.invited_at, share.accepted_at, share.visited_at
  FROM account_share share
  JOIN account a USING (account_id)
 WHERE :subscriber_id IN (share.owner_id, share.relative_id)
 ORDER BY is_given DESC, a.number, share.share_id
