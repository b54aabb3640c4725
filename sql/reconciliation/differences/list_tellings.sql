-- What every load that told of this thing said of it, the newest first: as we have it, too.
SELECT d.load_id, l.started_at AS told_at, d.ours, d.theirs, u.undo_load_id
  FROM difference of_it
  JOIN difference d USING (thing)
  JOIN load l ON l.load_id = d.load_id
  LEFT JOIN load_undo u ON u.load_id = d.load_id
 WHERE of_it.difference_id = :difference_id
 ORDER BY d.difference_id DESC
 LIMIT :most
