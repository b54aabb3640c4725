-- Take a reference back: its paper stays, whoever checks it is told.
UPDATE reference
   SET withdrawn_on = :today, withdrawn_why = :why
 WHERE reference_id = :reference_id AND withdrawn_on IS NULL
