-- The newest registry that claims the same payment order and total, by its first load; a file whose
-- bytes are the same is no other registry, and one that was undone claims nothing.
SELECT l.load_id, l.source, l.started_at
  FROM registry_control c
  JOIN load l USING (load_id)
 WHERE c.order_number = :order_number
   AND c.order_date IS NOT DISTINCT FROM CAST(:order_date AS date)
   AND c.rows = :rows
   AND c.amount = :amount
   AND l.format = :format
   AND l.sha256 <> :sha256
   AND NOT EXISTS (SELECT 1 FROM load_undo WHERE load_undo.load_id = c.load_id)
 ORDER BY l.load_id DESC
 LIMIT 1
