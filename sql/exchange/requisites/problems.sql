-- Rows of a house we do not know.
SELECT line, 'house_id' AS field, 'нет такого дома' AS reason
  FROM stage_requisites s
 WHERE NOT EXISTS (SELECT 1 FROM house h WHERE h.code = s.house_id)
