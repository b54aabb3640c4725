-- Openings that are not the first entry of their account, service and kind (contract §4).
SELECT s.line, 'period' AS field, 'раньше этого входящего остатка уже есть записи' AS reason
  FROM (SELECT *, min(period) OVER (PARTITION BY account, kind, service) AS first_period
          FROM stage_entries) s
  JOIN account a ON a.number = s.account
  JOIN service ON service.name = s.service
 WHERE NOT EXISTS (SELECT 1 FROM entry known WHERE known.entry_id = s.entry_id)
   AND (s.period > s.first_period
        OR EXISTS (
            SELECT 1 FROM entry earlier
             WHERE earlier.account_id = a.account_id
               AND earlier.kind = s.kind
               AND earlier.service_id = service.service_id
               AND earlier.period < s.period))
