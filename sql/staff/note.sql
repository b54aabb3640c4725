-- A line of the journal.
INSERT INTO staff_journal (at, staff_id, action, subject_kind, subject, details, address)
VALUES (:at, :staff_id, :action, :subject_kind, :subject, :details, :address)
