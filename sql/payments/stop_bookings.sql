-- Wait for the bookings under way and hold the next ones; the lock ends with the transaction.
SELECT pg_advisory_xact_lock(5200003)
