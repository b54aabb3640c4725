-- Payments count no more: their entries are taken back in the months they stand in, and their keys
-- are free for the rows that follow.
WITH gone AS (
    UPDATE payment
       SET withdrawn_by = :undo_load_id, part = concat(part, '#', payment_id)
     WHERE payment_id = ANY(CAST(:payment_ids AS bigint[]))
    RETURNING payment_id
),
left_over AS (
    SELECT e.account_id, e.kind, e.period, e.service_id, sum(e.amount) AS amount,
           min(e.entry_id) AS entry_id, min(e.bank_ref) AS bank_ref
      FROM gone
     CROSS JOIN unnest(enum_range(NULL::debt_kind)) AS each (kind)
      JOIN entry e
        ON e.load_id = 0
       AND e.entry_id = ANY (ARRAY[
               concat('portal', chr(58), gone.payment_id, chr(58), each.kind),
               concat('portal', chr(58), gone.payment_id, chr(58), each.kind, chr(58), 'back')])
     GROUP BY e.account_id, e.kind, gone.payment_id, e.period, e.service_id
    HAVING sum(e.amount) <> 0
),
taken_back AS (
    INSERT INTO entry (account_id, kind, period, service_id, op, amount, posted_on, load_id,
                       entry_id, document, bank_ref, details)
    SELECT account_id, kind, period, service_id, 'payment', -amount, :today, 0,
           concat(entry_id, chr(58), 'undone'), 'сторно', bank_ref, :why
      FROM left_over
    RETURNING account_id, kind, amount
),
moved AS (
    SELECT account_id, kind, sum(amount) AS amount FROM taken_back GROUP BY account_id, kind
)
INSERT INTO account_balance AS known (account_id, kind, balance, in_transit)
SELECT account_id, kind, 0, -amount FROM moved
 -- everybody takes these rows in one order, or two would wait for each other
 ORDER BY account_id, kind
    ON CONFLICT (account_id, kind) DO UPDATE
   SET in_transit = known.in_transit + excluded.in_transit
