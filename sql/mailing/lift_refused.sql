-- The address is good again, an employee says: letters go to it as before.
DELETE FROM email_refused WHERE email = lower(:email)
