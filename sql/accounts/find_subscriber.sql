-- The login of an e-mail address.
SELECT subscriber_id FROM subscriber WHERE lower(email) = lower(:email)
