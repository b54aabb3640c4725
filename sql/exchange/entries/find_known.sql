-- Which of these numbers the ledger has already.
SELECT entry_id FROM entry WHERE entry_id = ANY(:entry_ids)
