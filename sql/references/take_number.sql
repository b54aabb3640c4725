-- The next number: it is signed, so it must be known before the row is written.
SELECT CAST(nextval('reference_number') AS integer) AS number
