-- Back to the queue.
UPDATE application
   SET (state, taken_by, taken_at) = ROW ('waiting', NULL, NULL)
 WHERE application_id = :application_id
