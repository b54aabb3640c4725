-- One house twice in one batch: which of the two is true is not ours to guess.
SELECT line, 'house_id' AS field, 'этот дом уже есть в файле, строкой раньше' AS reason
  FROM (SELECT line, row_number() OVER (PARTITION BY house_id ORDER BY line) AS nth
          FROM stage_houses) numbered
 WHERE nth > 1
