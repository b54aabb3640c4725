-- Whose password may open the door: by e-mail, or by any number of an account that is still his.
-- A blocked login is found too, so that it takes as long to refuse as a wrong password.
SELECT s.subscriber_id,
       s.password_hash,
       once.password_hash AS one_time_hash,
       once.made_at AS one_time_made_at,
       s.password_changed_at,
       s.blocked_at IS NOT NULL AS is_blocked,
       s.totp_secret IS NOT NULL AS has_totp,
       a.account_id,
       a.number = :number AS is_own_number
  FROM subscriber s
  LEFT JOIN one_time_password once
    ON once.subscriber_id = s.subscriber_id AND once.expires_at > :now
  JOIN subscriber_account link ON link.subscriber_id = s.subscriber_id
  JOIN account a ON a.account_id = link.account_id
 CROSS JOIN LATERAL account_state_on(a.account_id, :today) state
 WHERE state.owner_key = link.owner_key
   AND (lower(s.email) = lower(:login)
        OR a.account_id IN (SELECT account_id FROM account_number WHERE number_key = :number))
 ORDER BY is_own_number DESC, link.linked_on, a.number
 LIMIT :most
