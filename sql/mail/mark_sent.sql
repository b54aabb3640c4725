-- The relay has accepted the letter; its facts, which may be secrets, are kept no longer.
UPDATE letter
   SET state = 'sent', ended_at = now(), facts = NULL, taken_until = NULL, last_answer = :answer
 WHERE letter_id = :letter_id AND state = 'queued'
