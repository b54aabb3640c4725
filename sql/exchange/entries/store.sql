-- Book what is new, note what it changes, and say how many were booked.
WITH fresh AS (
    SELECT DISTINCT ON (s.entry_id COLLATE "C")
           a.account_id, s.kind, s.period, service.service_id, s.op, s.amount, s.posted_on,
           s.for_period, s.entry_id, s.document, s.bank_ref, s.details
      FROM stage_entries s
      JOIN account a ON a.number = s.account
      JOIN service ON service.name = s.service
     WHERE NOT EXISTS (SELECT 1 FROM entry WHERE entry.entry_id = s.entry_id)
     ORDER BY s.entry_id COLLATE "C", s.line
),
booked AS (
    INSERT INTO entry (account_id, kind, period, service_id, op, amount, posted_on, for_period,
                       load_id, entry_id, document, bank_ref, details)
    SELECT account_id, kind, period, service_id, op, amount, posted_on, for_period,
           :load_id, entry_id, document, bank_ref, details
      FROM fresh
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
SELECT count(*) FROM booked
