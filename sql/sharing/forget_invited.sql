-- `tidy`: who was invited long ago need not be remembered by a letter; logins keep their own.
UPDATE letter
   SET recipient = ''
 WHERE subscriber_id IS NULL
   AND lower(recipient) <> ''
   AND name = 'share_invitation'
   AND ended_at <= :before
