-- A row of an unknown house, or one state twice in one batch.
SELECT line, 'house_id' AS field, 'нет такого дома' AS reason
  FROM stage_accounts s
 WHERE NOT EXISTS (SELECT 1 FROM house h WHERE h.code = s.house_code)
UNION ALL
SELECT line, 'valid_from', 'такая строка уже есть в файле, выше'
  FROM (SELECT line, row_number() OVER (PARTITION BY number, valid_from ORDER BY line) AS nth
          FROM stage_accounts) numbered
 WHERE nth > 1
UNION ALL
SELECT line, 'closed_on', 'счёт закрыт раньше, чем открыт'
  FROM stage_accounts
 WHERE closed_on < opened_on
