-- Whose account and e-mail these are: he may have a one-time password. At most one: e-mails are unique.
SELECT DISTINCT s.subscriber_id, s.email
  FROM subscriber s
 CROSS JOIN LATERAL accounts_open_to(s.subscriber_id) link
 CROSS JOIN LATERAL account_state_on(link.account_id, :today) state
 WHERE lower(s.email) = lower(:email)
   AND s.blocked_at IS NULL
   AND state.owner_key = link.owner_key
   AND link.account_id IN (SELECT account_id FROM account_number WHERE number_key = :number)
