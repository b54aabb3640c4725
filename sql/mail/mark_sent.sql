-- The relay has accepted the letters; their facts, which may be secrets, are kept no longer.
UPDATE letter
   SET state = 'sent', ended_at = now(), facts = NULL, taken_until = NULL, last_answer = told.answer
  FROM unnest(CAST(:ids AS bigint[]), CAST(:answers AS text[])) told (letter_id, answer)
 WHERE letter.letter_id = told.letter_id AND state = 'queued'
