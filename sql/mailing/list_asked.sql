-- The next subscribers in order who have asked for reminders of a kind.
SELECT subscriber_id
  FROM reminder
 WHERE kind = :kind AND subscriber_id > :after
 ORDER BY subscriber_id
 LIMIT :most
