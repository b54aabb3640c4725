-- Take back what a load has booked, entry by entry, in the months it stands in; what that changes
-- is noted as a load's own changes are. Billing's number stays with the entry that bore it.
WITH taken_back AS (
    INSERT INTO entry (account_id, kind, period, service_id, op, amount, posted_on, for_period,
                       load_id, entry_id, document, details)
    SELECT account_id, kind, period, service_id, op, -amount, :today, for_period, :undo_load_id,
           concat('storno', chr(58), entry_id),
           concat_ws(', ', concat('сторно загрузки № ', CAST(:load_id AS integer)), document),
           details
      FROM entry
     WHERE load_id = :load_id
    RETURNING account_id, kind, period, op, amount
),
noted AS (
    INSERT INTO load_turnover (account_id, kind, year, change, charged, paid)
    SELECT account_id, kind, extract(year FROM period),
           sum(CASE WHEN op IN ('payment', 'write_off') THEN -amount ELSE amount END),
           coalesce(sum(amount) FILTER (WHERE op IN ('charge', 'recalculation', 'act')), 0),
           coalesce(sum(amount) FILTER (WHERE op = 'payment'), 0)
      FROM taken_back
     GROUP BY account_id, kind, extract(year FROM period)
)
SELECT count(*) FROM taken_back
