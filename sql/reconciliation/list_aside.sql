-- Rows a load could not take, by file and line.
SELECT file, line, field, reason, raw
  FROM set_aside
 WHERE load_id = :load_id
 ORDER BY file, line
 LIMIT :most
