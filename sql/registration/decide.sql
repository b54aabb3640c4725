-- The answer of the fund; a reason belongs to a refusal.
UPDATE application
   SET (state, decided_by, decided_at, reason)
     = ROW (CAST(:state AS application_state), :staff_id, :now, :reason)
 WHERE application_id = :application_id
