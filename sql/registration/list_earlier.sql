-- Other applications about the same account or of the same e-mail, the newest first.
SELECT other.application_id, other.made_at, other.state, other.account, other.email, other.reason
  FROM application one
  JOIN application other
    ON other.application_id <> one.application_id
   AND (other.number_key = one.number_key
        OR other.account_id = one.account_id
        OR lower(other.email) = lower(one.email))
 WHERE one.application_id = :application_id
 ORDER BY other.application_id DESC
 LIMIT 20
