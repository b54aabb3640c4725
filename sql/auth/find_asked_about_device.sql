-- Whom to write of a login from a new device: he has asked for it, and has logged in before.
SELECT s.email
  FROM subscriber s
  JOIN reminder USING (subscriber_id)
 WHERE s.subscriber_id = :subscriber_id
   AND reminder.kind = 'new_device'
   AND s.email_confirmed_at IS NOT NULL
   AND EXISTS (SELECT FROM login_event
                WHERE subscriber_id = s.subscriber_id AND outcome IN ('opened', 'opened_once'))
