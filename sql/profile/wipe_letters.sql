-- The login is deleted: letters lose their address, and what was not sent yet is not sent.
UPDATE letter
   SET recipient = '',
       facts = NULL,
       taken_until = NULL,
       last_answer = CASE WHEN state = 'queued' THEN 'кабинет удалён' END,
       ended_at = coalesce(ended_at, :now),
       state = CASE WHEN state = 'queued' THEN 'refused' ELSE state END
 WHERE subscriber_id = :subscriber_id
    OR (subscriber_id IS NULL AND lower(recipient) = lower(:email))
