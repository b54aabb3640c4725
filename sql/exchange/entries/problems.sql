-- Openings that are not the first entry of their account, service and kind (contract §4), or that
-- share their number with another one. Openings that will not be booked stand in nobody's way.
SELECT s.line,
       CASE WHEN s.nth > 1 THEN 'entry_id' ELSE 'period' END AS field,
       CASE WHEN s.nth > 1 THEN 'номер записи повторяется в файле, содержание другое'
            ELSE 'раньше этого входящего остатка уже есть записи' END AS reason
  FROM (SELECT stage.*, a.account_id, service.service_id, known.entry_id IS NOT NULL AS is_known,
               row_number() OVER (PARTITION BY stage.entry_id ORDER BY stage.line) AS nth,
               min(stage.period) FILTER (WHERE known.entry_id IS NULL) OVER (
                   PARTITION BY stage.account, stage.kind, stage.service) AS first_period
          FROM stage_entries stage
          JOIN account a ON a.number = stage.account
          JOIN service ON service.name = stage.service
          LEFT JOIN entry known ON known.entry_id = stage.entry_id) s
 WHERE NOT s.is_known
   AND (s.nth > 1
        OR s.period > s.first_period
        OR EXISTS (
            SELECT 1 FROM entry earlier
             WHERE earlier.account_id = s.account_id
               AND earlier.kind = s.kind
               AND earlier.service_id = s.service_id
               AND earlier.period < s.period))
