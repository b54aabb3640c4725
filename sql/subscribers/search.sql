-- Logins by the beginning of an e-mail or by any number of an account they are linked to.
WITH found AS (
   (SELECT subscriber_id
      FROM subscriber
     WHERE lower(email) ^@ lower(:said)
     ORDER BY lower(email)
     LIMIT :most)
     UNION
    SELECT link.subscriber_id
      FROM account_number n
      JOIN subscriber_account link ON link.account_id = n.account_id
     WHERE n.number_key = :number
)
SELECT s.subscriber_id, s.email, s.created_at, s.blocked_at, s.deleted_at,
       coalesce((SELECT string_agg(a.number, ', ' ORDER BY a.number)
                   FROM subscriber_account link
                   JOIN account a ON a.account_id = link.account_id
                  WHERE link.subscriber_id = s.subscriber_id), '') AS numbers
  FROM found
  JOIN subscriber s USING (subscriber_id)
 ORDER BY lower(s.email)
 LIMIT :most
