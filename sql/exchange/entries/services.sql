-- Services seen for the first time.
INSERT INTO service (name)
SELECT name
  FROM unnest(CAST(:names AS text[])) AS new (name)
 WHERE NOT EXISTS (SELECT 1 FROM service WHERE service.name = new.name)
