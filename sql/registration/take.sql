-- An employee works at the application; others leave it alone.
UPDATE application
   SET (state, taken_by, taken_at) = ROW ('taken', :staff_id, :now)
 WHERE application_id = :application_id
