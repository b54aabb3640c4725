-- A spare code for a lost telephone opens once.
DELETE FROM recovery_code WHERE subscriber_id = :subscriber_id AND code_hash = :code_hash
