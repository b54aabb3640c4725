-- Logins by the beginning of an e-mail or by any number of an account they are linked to.
SELECT s.subscriber_id, s.email, s.created_at, s.blocked_at, s.deleted_at,
       coalesce((SELECT string_agg(a.number, ', ' ORDER BY a.number)
                   FROM subscriber_account link
                   JOIN account a ON a.account_id = link.account_id
                  WHERE link.subscriber_id = s.subscriber_id), '') AS numbers
  FROM subscriber s
 WHERE starts_with(lower(s.email), lower(:said))
    OR s.subscriber_id IN (SELECT link.subscriber_id
                             FROM account_number n
                             JOIN subscriber_account link ON link.account_id = n.account_id
                            WHERE n.number_key = :number)
 ORDER BY lower(s.email)
 LIMIT :most
