-- Who has the account already, and what else is asked about it.
SELECT EXISTS (SELECT
                 FROM subscriber s
                 JOIN subscriber_account link USING (subscriber_id)
                CROSS JOIN LATERAL account_state_on(link.account_id, :today) state
                WHERE lower(s.email) = lower(one.email)
                  AND link.account_id = :account_id
                  AND link.owner_key = state.owner_key) AS is_linked,
       count(other.application_id)
           FILTER (WHERE lower(other.email) = lower(one.email)) AS own_open,
       count(other.application_id)
           FILTER (WHERE lower(other.email) <> lower(one.email)) AS others_open
  FROM application one
  LEFT JOIN application other
    ON other.application_id <> one.application_id
   AND other.state IN ('waiting', 'taken')
   AND (other.number_key = one.number_key OR other.account_id = :account_id)
 WHERE one.application_id = :application_id
 GROUP BY one.email
