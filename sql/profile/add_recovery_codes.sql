-- Spare codes for a lost telephone.
INSERT INTO recovery_code (subscriber_id, code_hash)
SELECT :subscriber_id, unnest(CAST(:hashes AS bytea[]))
