-- A reference for whoever holds the paper, with its withdrawal.
SELECT CAST(reference AS text) AS reference, withdrawn_on, withdrawn_why
  FROM reference
 WHERE code = :code
