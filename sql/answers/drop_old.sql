-- `tidy`: answers whose hour is over.
DELETE FROM kept_answers WHERE kept_at <= :before
