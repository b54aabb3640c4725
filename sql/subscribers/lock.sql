-- Nobody else changes this login meanwhile; a deleted one is not changed any more.
SELECT subscriber_id, email FROM subscriber
 WHERE subscriber_id = :subscriber_id AND deleted_at IS NULL
   FOR UPDATE
