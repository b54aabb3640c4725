-- One employee at a time: the row is his until the end of the transaction.
SELECT application_id, state, taken_by, taken_at, email, account, account_id
  FROM application
 WHERE application_id = :application_id
   FOR UPDATE
