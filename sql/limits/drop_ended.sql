-- `tidy`: windows that have ended, and the addresses with them.
DELETE FROM limit_window WHERE ends_at <= now()
