-- Services by name.
SELECT name, service_id FROM service
