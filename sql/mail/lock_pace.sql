-- One sender at a time counts what the minute still holds; the lock ends with the transaction.
SELECT pg_advisory_xact_lock(5200004)
