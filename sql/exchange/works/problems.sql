-- A row of an unknown house, or a key that repeats in one batch.
SELECT line, 'house_id' AS field, 'нет такого дома' AS reason
  FROM stage_works s
 WHERE NOT EXISTS (SELECT 1 FROM house h WHERE h.code = s.house_id)
UNION ALL
SELECT line, 'position' AS field, 'такая строка уже есть в файле, выше' AS reason
  FROM (SELECT line, row_number() OVER (PARTITION BY house_id, position ORDER BY line) AS nth
          FROM stage_works) numbered
 WHERE nth > 1
