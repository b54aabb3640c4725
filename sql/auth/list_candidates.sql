-- Whose password may open the door: by e-mail, or by any number of an account that is still his.
-- A blocked login is found too, so that it takes as long to refuse as a wrong password. Whom a
-- relative has let in comes by his own e-mail alone: the number is its owner's.
SELECT s.subscriber_id,
       s.password_hash,
       once.password_hash AS one_time_hash,
       once.made_at AS one_time_made_at,
       s.password_changed_at,
       s.blocked_at IS NOT NULL AS is_blocked,
       s.totp_secret IS NOT NULL AS has_totp,
       found.account_id,
       found.is_own_number
  FROM (SELECT link.subscriber_id, link.account_id, link.linked_on, a.number,
               a.number = :number AS is_own_number, false AS is_shared
          FROM subscriber s
          JOIN subscriber_account link ON link.subscriber_id = s.subscriber_id
          JOIN account a ON a.account_id = link.account_id
         CROSS JOIN LATERAL account_state_on(a.account_id, :today) state
         WHERE state.owner_key = link.owner_key
           AND (lower(s.email) = lower(:login)
                OR a.account_id IN (SELECT account_id FROM account_number
                                     WHERE number_key = :number))
         UNION ALL
        SELECT s.subscriber_id, shared.account_id, shared.since, a.number, false, true
          FROM subscriber s
         CROSS JOIN LATERAL accounts_shared_with(s.subscriber_id) shared
          JOIN account a ON a.account_id = shared.account_id
         CROSS JOIN LATERAL account_state_on(a.account_id, :today) state
         WHERE lower(s.email) = lower(:login)
           AND state.owner_key = shared.owner_key) found
  JOIN subscriber s ON s.subscriber_id = found.subscriber_id
  LEFT JOIN one_time_password once
    ON once.subscriber_id = s.subscriber_id AND once.expires_at > :now
 ORDER BY found.is_own_number DESC, found.is_shared, found.linked_on, found.number
 LIMIT :most
