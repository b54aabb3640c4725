-- The usual service of an account that was never charged, in a fund that has charged nobody yet.
INSERT INTO service (name) VALUES (:usual) ON CONFLICT (name) DO NOTHING
