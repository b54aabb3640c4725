-- A load ends: what became of its rows.
UPDATE load SET rows_new = :rows_new, rows_same = :rows_same, rows_aside = :rows_aside
 WHERE load_id = :load_id
