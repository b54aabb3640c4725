-- The account's other numbers, as they were given.
SELECT n.number, n.valid_from
  FROM account_number n
  JOIN account a USING (account_id)
 WHERE n.account_id = :account_id AND n.number <> a.number
 ORDER BY n.valid_from NULLS FIRST, n.number
