-- An attempt has failed: the next one comes after a pause.
UPDATE letter
   SET attempts = attempts + 1, last_answer = :answer, taken_until = NULL,
       next_try_at = now() + CAST(:pause AS double precision) * interval '1 second'
 WHERE letter_id = :letter_id AND state = 'queued'
