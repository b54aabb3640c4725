-- Whether letters to a subscriber come back.
SELECT EXISTS (SELECT FROM email_refused refused
                WHERE refused.email = lower(s.email)) AS is_refused
  FROM subscriber s
 WHERE s.subscriber_id = :subscriber_id
