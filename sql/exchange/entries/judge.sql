-- Book what is new, note what it changes, and say what cannot be booked and why; rows that are
-- known with equal content are neither. The last row, without a line, counts what was booked.
WITH judged AS MATERIALIZED (
    SELECT s.*, a.account_id, service.service_id,
           known.entry_id IS NOT NULL AS is_known,
           CASE WHEN a.account_id IS NULL THEN ARRAY['account', 'нет такого лицевого счёта']
                WHEN known.account_id <> a.account_id
                THEN ARRAY['account', 'запись с этим номером уже есть на другом лицевом счёте']
                WHEN EXISTS (SELECT 1 FROM load_undo undone WHERE undone.load_id = known.load_id)
                THEN ARRAY['entry_id', 'запись с этим номером отменена вместе с её загрузкой; '
                                       'нужен новый номер']
                WHEN known.entry_id IS NOT NULL
                THEN CASE WHEN (known.period, known.service_id, known.kind, known.op,
                                known.amount, known.posted_on, known.for_period,
                                known.document, known.bank_ref, known.details)
                               IS DISTINCT FROM
                               (s.period, service.service_id, s.kind, s.op,
                                s.amount, s.posted_on, s.for_period,
                                s.document, s.bank_ref, s.details)
                          THEN ARRAY['entry_id',
                                     'запись с этим номером уже есть, и её содержание другое']
                          END
                WHEN EXISTS (SELECT 1 FROM entry opening
                              WHERE opening.op = 'opening'
                                AND opening.account_id = a.account_id
                                AND opening.kind = s.kind
                                AND opening.service_id = service.service_id
                                AND opening.period > s.period)
                THEN ARRAY['period', 'раньше входящего остатка, который уже загружен']
                END AS refusal
      FROM stage_entries s
      LEFT JOIN account a ON a.number = s.account
      LEFT JOIN service ON service.name = s.service
      LEFT JOIN entry known ON known.entry_id = s.entry_id
),
booked AS (
    INSERT INTO entry (account_id, kind, period, service_id, op, amount, posted_on, for_period,
                       load_id, entry_id, document, bank_ref, details)
    SELECT account_id, kind, period, service_id, op, amount, posted_on, for_period,
           :load_id, entry_id, document, bank_ref, details
      FROM judged
     WHERE refusal IS NULL AND NOT is_known
    RETURNING account_id, kind, period, op, amount
),
noted AS (
    INSERT INTO load_turnover (account_id, kind, year, change, charged, paid)
    SELECT account_id, kind, extract(year FROM period),
           sum(CASE WHEN op IN ('payment', 'write_off') THEN -amount ELSE amount END),
           coalesce(sum(amount) FILTER (WHERE op IN ('charge', 'recalculation', 'act')), 0),
           coalesce(sum(amount) FILTER (WHERE op = 'payment'), 0)
      FROM booked
     GROUP BY account_id, kind, extract(year FROM period)
)
SELECT line, refusal[1] AS field, refusal[2] AS reason
  FROM judged
 WHERE refusal IS NOT NULL
UNION ALL
SELECT NULL, NULL, CAST(count(*) AS text) FROM booked
