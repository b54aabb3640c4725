-- How many addresses take no letters.
SELECT count(*) AS count FROM email_refused
