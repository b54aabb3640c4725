-- The load is undone, by a load of its own; a second one finds it so.
INSERT INTO load_undo (load_id, undo_load_id, staff_id, why)
VALUES (:load_id, :undo_load_id, :staff_id, :why)
