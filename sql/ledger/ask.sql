-- Is the database there, and its schema with the ledger?
SELECT 1 FROM entry LIMIT 1
