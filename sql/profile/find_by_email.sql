-- Whether an address is a login's already.
SELECT subscriber_id FROM subscriber WHERE lower(email) = lower(:email)
