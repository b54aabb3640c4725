-- Rows that cannot be booked: of an unknown account, known with other content, or earlier than an
-- opening that is already in the ledger.
SELECT s.line,
       CASE WHEN a.account_id IS NULL OR known.account_id <> a.account_id THEN 'account'
            WHEN known.entry_id IS NOT NULL THEN 'entry_id'
            ELSE 'period' END AS field,
       CASE WHEN a.account_id IS NULL THEN 'нет такого лицевого счёта'
            WHEN known.account_id <> a.account_id
            THEN 'запись с этим номером уже есть на другом лицевом счёте'
            WHEN known.entry_id IS NOT NULL
            THEN 'запись с этим номером уже есть, и её содержание другое'
            ELSE 'раньше входящего остатка, который уже загружен' END AS reason
  FROM stage_entries s
  LEFT JOIN account a ON a.number = s.account
  LEFT JOIN service ON service.name = s.service
  LEFT JOIN entry known ON known.entry_id = s.entry_id
 WHERE a.account_id IS NULL
    OR (known.entry_id IS NOT NULL
        AND (known.account_id, known.period, known.service_id, known.kind, known.op,
             known.amount, known.posted_on, known.for_period, known.document, known.bank_ref,
             known.details)
            IS DISTINCT FROM
            (a.account_id, s.period, service.service_id, s.kind, s.op,
             s.amount, s.posted_on, s.for_period, s.document, s.bank_ref, s.details))
    OR (known.entry_id IS NULL
        AND EXISTS (
            SELECT 1 FROM entry opening
             WHERE opening.op = 'opening'
               AND opening.account_id = a.account_id
               AND opening.kind = s.kind
               AND opening.service_id = service.service_id
               AND opening.period > s.period))
