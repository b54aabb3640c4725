-- `tidy`: new addresses whose link nobody opened in time.
DELETE FROM email_change WHERE expires_at <= :now
