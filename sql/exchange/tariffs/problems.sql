-- A row of an unknown house, or a key that repeats in one batch.
SELECT line, 'house_id' AS field, 'нет такого дома' AS reason
  FROM stage_tariffs s
 WHERE NOT EXISTS (SELECT 1 FROM house h WHERE h.code = s.house_id)
UNION ALL
SELECT line, 'valid_from' AS field, 'такая строка уже есть в файле, выше' AS reason
  FROM (SELECT line, row_number() OVER (PARTITION BY house_id, valid_from ORDER BY line) AS nth
          FROM stage_tariffs) numbered
 WHERE nth > 1
