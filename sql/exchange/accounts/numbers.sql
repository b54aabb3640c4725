-- Every number an account is known by: its own and the older ones, `key|number|date` by commas.
INSERT INTO account_number AS known (number_key, account_id, number, valid_from)
SELECT DISTINCT ON (split_part(alias, '|', 1), a.account_id)
       split_part(alias, '|', 1), a.account_id, split_part(alias, '|', 2),
       CAST(nullif(split_part(alias, '|', 3), '') AS date) AS valid_from
  FROM stage_accounts s
  JOIN account a ON a.number = s.number
 CROSS JOIN LATERAL regexp_split_to_table(s.aliases, ',') AS alias
 ORDER BY 1, 2, valid_from NULLS FIRST
    ON CONFLICT (number_key, account_id) DO UPDATE SET valid_from = excluded.valid_from
 WHERE known.valid_from IS DISTINCT FROM excluded.valid_from
