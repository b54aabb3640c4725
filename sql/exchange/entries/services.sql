-- Services seen for the first time.
INSERT INTO service (name)
SELECT DISTINCT s.service
  FROM stage_entries s
 WHERE NOT EXISTS (SELECT 1 FROM service WHERE service.name = s.service)
