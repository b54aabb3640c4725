-- `tidy`: attempts of more than a year ago.
DELETE FROM login_event WHERE at <= :before
