-- Every load, the newest first; of one of them, it alone.
SELECT l.load_id, l.kind, l.format, l.source, l.started_at, l.size_bytes, l.sha256, l.rows_new,
       l.rows_same, l.rows_aside,
       (SELECT count(*) FROM difference d WHERE d.load_id = l.load_id AND d.ours <> d.theirs)
           AS rows_differing,
       u.undo_load_id, coalesce(s.name, '') AS undone_by,
       coalesce(u.why, '') AS why, u.undone_at
  FROM load l
  LEFT JOIN load_undo u USING (load_id)
  LEFT JOIN staff s USING (staff_id)
 WHERE (CAST(:load_id AS integer) IS NULL OR l.load_id = CAST(:load_id AS integer))
   AND (CAST(:before AS integer) = 0 OR l.load_id < CAST(:before AS integer))
 ORDER BY l.load_id DESC
 LIMIT :most
