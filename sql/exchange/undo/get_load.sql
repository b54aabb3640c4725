-- The load that is to be undone, and whether it has been, or is an undoing itself.
SELECT l.kind, u.undo_load_id
  FROM load l
  LEFT JOIN load_undo u USING (load_id)
 WHERE l.load_id = :load_id
