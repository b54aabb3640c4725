-- A load begins; its counts come at its end.
INSERT INTO load (kind, format, source, sha256, size_bytes, today)
VALUES (:kind, :format, :source, :sha256, :size_bytes, :today)
RETURNING load_id
