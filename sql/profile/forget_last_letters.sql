-- `tidy`: the last letter of a deleted login was sent long ago, its address is nobody's business now.
UPDATE letter
   SET recipient = ''
 WHERE subscriber_id IS NULL
   AND lower(recipient) <> ''
   AND name = 'login_deleted'
   AND ended_at <= :before
