-- Rows of a house we do not know, and accounts closed before they opened.
SELECT line, 'house_id' AS field, 'нет такого дома' AS reason
  FROM stage_accounts s
 WHERE NOT EXISTS (SELECT 1 FROM house h WHERE h.code = s.house_code)
UNION ALL
SELECT line, 'closed_on', 'счёт закрыт раньше, чем открыт'
  FROM stage_accounts
 WHERE closed_on < opened_on
