-- A booking is under way: linking waits for it, so that neither overlooks what the other does.
SELECT pg_advisory_xact_lock_shared(5200003)
