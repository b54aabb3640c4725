-- What is left of the batch is stored: remember its keys.
INSERT INTO load_keys (kind, key, digest)
SELECT :kind, key, digest FROM stage_keys
