-- Keep which payments of the portal the registry has with another sum, and which it has as we do
-- again; those that differ are told. Kopecks.
WITH compared AS (
    SELECT p.source, p.trx_id, p.part, concat_ws('/', p.source, p.trx_id, p.part) AS thing,
           p.principal + p.penalty AS ours, min(s.line) AS line,
           CAST(sum(s.principal + s.penalty) AS bigint) AS theirs
      FROM stage_payments s
      JOIN payment p ON p.payment_id = s.payment_id
     WHERE p.source IN ('gpb', 'sngb')
     GROUP BY p.payment_id
),
kept AS (
    INSERT INTO difference (load_id, kind, file, line, thing, source, trx_id, part, ours, theirs)
    SELECT CAST(:load_id AS integer), 'registry', CAST(:file AS text), line, thing, source, trx_id,
           part, ours, theirs
      FROM compared c
     WHERE c.ours <> c.theirs
        OR EXISTS (SELECT 1 FROM difference earlier WHERE earlier.thing = c.thing)
     ORDER BY line
    RETURNING trx_id, ours, theirs
)
SELECT trx_id, ours, theirs
  FROM kept
 WHERE ours <> theirs
 ORDER BY trx_id
