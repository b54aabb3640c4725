-- The confirmed address; nothing where another login has taken it meanwhile.
UPDATE subscriber
   SET email = :email, email_confirmed_at = :now
 WHERE subscriber_id = :subscriber_id
   AND NOT EXISTS (SELECT FROM subscriber other
                    WHERE lower(other.email) = lower(:email)
                      AND other.subscriber_id <> :subscriber_id)
