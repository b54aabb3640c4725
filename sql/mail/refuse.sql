-- The letter will never be accepted, and where that is its address's fault, no other one will.
WITH refused AS (
    UPDATE letter
       SET state = 'refused', ended_at = now(), facts = NULL, taken_until = NULL,
           attempts = attempts + 1, last_answer = :answer
     WHERE letter_id = :letter_id AND state = 'queued'
    RETURNING recipient
)
INSERT INTO email_refused (email, answer)
SELECT lower(recipient), :answer FROM refused WHERE CAST(:is_address AS boolean)
ON CONFLICT (email) DO UPDATE SET answer = excluded.answer, refused_at = excluded.refused_at
