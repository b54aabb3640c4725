-- Which of these numbers, one a line, the ledger has already.
SELECT entry_id
  FROM entry
 WHERE entry_id = ANY(string_to_array(:entry_ids, chr(10)))
