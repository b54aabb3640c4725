-- One load at a time, on any host; the lock ends with the transaction.
SELECT pg_advisory_xact_lock(5200002)
