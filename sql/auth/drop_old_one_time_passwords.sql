-- `tidy`: one-time passwords past their hour.
DELETE FROM one_time_password WHERE expires_at <= :now
