-- What the link confirms, for the login that asked for it alone.
SELECT subscriber_id, new_email
  FROM email_change
 WHERE token_hash = :token_hash AND subscriber_id = :subscriber_id AND expires_at > :now
