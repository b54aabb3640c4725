-- verify-books: openings with an earlier entry of their account, service and kind (contract §4).
SELECT 'счёт ' || a.number AS what,
       'входящий остаток ' || opening.entry_id || ' позже других записей' AS detail,
       opening.amount AS kept,
       CAST(0 AS bigint) AS counted
  FROM entry opening
  JOIN account a USING (account_id)
 WHERE opening.op = 'opening'
   AND EXISTS (SELECT 1 FROM entry earlier
                WHERE earlier.account_id = opening.account_id
                  AND earlier.kind = opening.kind
                  AND earlier.service_id = opening.service_id
                  AND earlier.period < opening.period)
 ORDER BY 1, 2
