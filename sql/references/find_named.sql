-- The reference that a person names by its number or its code.
SELECT reference_id, made_on
  FROM reference
 WHERE reference_id = :reference_id OR code = :code
