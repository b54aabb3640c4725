-- The reference already given to this owner today for this range.
SELECT CAST(reference AS text) AS reference
  FROM reference
 WHERE account_id = :account_id
   AND owner_key = :owner_key
   AND first_period = :first
   AND last_period = :last
   AND made_on = :made_on
   AND withdrawn_on IS NULL
