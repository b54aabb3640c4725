-- The letter was not attempted, through no fault of its own: it goes when the relay is back.
UPDATE letter
   SET taken_until = NULL, last_answer = coalesce(:answer, last_answer),
       next_try_at = now() + CAST(:pause AS double precision) * interval '1 second'
 WHERE letter_id = ANY (CAST(:ids AS bigint[])) AND state = 'queued'
