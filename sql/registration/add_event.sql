-- What became of an application, and by whom; NULL: its applicant, or the site itself.
INSERT INTO application_event (application_id, at, staff_id, what)
VALUES (:application_id, :now, :staff_id, :what)
