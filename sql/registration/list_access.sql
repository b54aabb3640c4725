-- Which logins have the account of an application, and which accounts its e-mail has: links that
-- hold while the owner of today is the owner they were made for.
SELECT s.subscriber_id, s.email, a.number, link.linked_on, link.owner_key = state.owner_key AS holds
  FROM (SELECT of_account.subscriber_id, of_account.account_id
          FROM application one
          JOIN subscriber_account of_account USING (account_id)
         WHERE one.application_id = :application_id
         UNION
        SELECT of_email.subscriber_id, of_email.account_id
          FROM application one
          JOIN subscriber known ON lower(known.email) = lower(one.email)
          JOIN subscriber_account of_email ON of_email.subscriber_id = known.subscriber_id
         WHERE one.application_id = :application_id) found
  JOIN subscriber_account link USING (subscriber_id, account_id)
  JOIN subscriber s USING (subscriber_id)
  JOIN account a USING (account_id)
 CROSS JOIN LATERAL account_state_on(a.account_id, :today) state
 ORDER BY link.linked_on, s.email, a.number
 LIMIT 50
