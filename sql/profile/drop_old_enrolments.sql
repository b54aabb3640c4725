-- `tidy`: secrets that nobody has confirmed with a code in time.
DELETE FROM totp_enrolment WHERE expires_at <= :now
