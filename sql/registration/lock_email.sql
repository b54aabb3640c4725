-- Forms of one e-mail come in one after another: a button pressed twice must find its first press.
SELECT pg_advisory_xact_lock(hashtextextended('application ' || lower(:email), 0))
