-- What of this e-mail is under way: the very same form of late, and letters nobody has confirmed.
SELECT EXISTS (SELECT FROM application
                WHERE answers_hash = :answers_hash
                  AND made_at > :same_since
                  AND state IN ('unconfirmed', 'waiting', 'taken')) AS is_same_form,
       (SELECT count(*) FROM application
         WHERE lower(email) = lower(:email)
           AND state = 'unconfirmed'
           AND token_until > :now) AS unconfirmed
