-- Whose password may open the door: by e-mail, or by any number of an account that is still his.
SELECT s.subscriber_id, s.password_hash, a.account_id, a.number = :number AS is_own_number
  FROM subscriber s
  JOIN subscriber_account link ON link.subscriber_id = s.subscriber_id
  JOIN account a ON a.account_id = link.account_id
 CROSS JOIN LATERAL account_state_on(a.account_id, :today) state
 WHERE state.owner_key = link.owner_key
   AND (lower(s.email) = lower(:login)
        OR a.account_id IN (SELECT account_id FROM account_number WHERE number_key = :number))
 ORDER BY is_own_number DESC, link.linked_on, a.number
 LIMIT :most
