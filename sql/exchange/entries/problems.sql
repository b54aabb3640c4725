-- Rows that cannot be booked, each with the first reason found; known ones that differ among them.
WITH row AS (
    SELECT s.*, a.account_id, service.service_id,
           row_number() OVER same_number AS nth,
           first_value(s.line) OVER same_number AS first_line,
           min(s.period) FILTER (WHERE s.op = 'opening') OVER (
               PARTITION BY s.account, s.kind, s.service) AS first_opening
      FROM stage_entries s
      LEFT JOIN account a ON a.number = s.account
      LEFT JOIN service ON service.name = s.service
    WINDOW same_number AS (PARTITION BY s.entry_id ORDER BY s.line)
)
SELECT row.line,
       CASE WHEN row.account_id IS NULL THEN 'account'
            WHEN known.account_id <> row.account_id THEN 'account'
            WHEN known.entry_id IS NOT NULL THEN 'entry_id'
            WHEN row.nth > 1 THEN 'entry_id'
            ELSE 'period' END AS field,
       CASE WHEN row.account_id IS NULL THEN 'нет такого лицевого счёта'
            WHEN known.account_id <> row.account_id
            THEN 'запись с этим номером уже есть на другом лицевом счёте'
            WHEN known.entry_id IS NOT NULL
            THEN 'запись с этим номером уже есть, и её содержание другое'
            WHEN row.nth > 1 THEN 'номер записи повторяется в файле, содержание другое'
            WHEN row.op = 'opening' THEN 'раньше этого входящего остатка уже есть записи'
            ELSE 'раньше входящего остатка, который уже загружен' END AS reason
  FROM row
  LEFT JOIN entry known ON known.entry_id = row.entry_id
  LEFT JOIN stage_entries first ON row.nth > 1 AND first.line = row.first_line
 WHERE row.account_id IS NULL
    OR (known.entry_id IS NOT NULL
        AND (known.account_id, known.period, known.service_id, known.kind, known.op,
             known.amount, known.posted_on, known.for_period, known.document, known.bank_ref,
             known.details)
            IS DISTINCT FROM
            (row.account_id, row.period, row.service_id, row.kind, row.op,
             row.amount, row.posted_on, row.for_period, row.document, row.bank_ref,
             row.details))
    OR (known.entry_id IS NULL AND row.nth > 1
        AND (first.account, first.period, first.service, first.kind, first.op, first.amount,
             first.posted_on, first.for_period, first.document, first.bank_ref, first.details)
            IS DISTINCT FROM
            (row.account, row.period, row.service, row.kind, row.op, row.amount,
             row.posted_on, row.for_period, row.document, row.bank_ref, row.details))
    OR (known.entry_id IS NULL
        AND EXISTS (
            SELECT 1 FROM entry opening
             WHERE opening.op = 'opening'
               AND opening.account_id = row.account_id
               AND opening.kind = row.kind
               AND opening.service_id = row.service_id
               AND opening.period > row.period))
    OR (known.entry_id IS NULL AND row.op = 'opening'
        AND (row.period > row.first_opening
             OR EXISTS (
                SELECT 1 FROM entry earlier
                 WHERE earlier.account_id = row.account_id
                   AND earlier.kind = row.kind
                   AND earlier.service_id = row.service_id
                   AND earlier.period < row.period)))
