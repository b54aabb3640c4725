-- The applicant holds the e-mail: the application goes to the fund's employees, once.
UPDATE application
   SET (state, confirmed_at) = ROW ('waiting', :now)
 WHERE token_hash = :token_hash AND state = 'unconfirmed' AND token_until > :now
RETURNING application_id
