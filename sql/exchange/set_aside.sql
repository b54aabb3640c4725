-- A row that a load could not take.
INSERT INTO set_aside (load_id, file, line, field, reason, raw)
VALUES (:load_id, :file, :line, :field, :reason, :raw)
