-- A letter came back: it was not accepted after all, and where its address is to blame no other
-- one will be. Told again, it is the same.
WITH bounced AS (
    UPDATE letter
       SET state = 'refused', ended_at = now(), last_answer = :answer
     WHERE message_id = :message_id AND state = 'sent'
    RETURNING recipient
), marked AS (
    INSERT INTO email_refused (email, answer)
    SELECT lower(recipient), :answer FROM bounced WHERE CAST(:is_address AS boolean)
    ON CONFLICT (email) DO UPDATE SET answer = excluded.answer, refused_at = excluded.refused_at
)
SELECT recipient FROM bounced
