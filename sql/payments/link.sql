-- Payments whose own entries the billing system has sent since: ours are taken back by a storno.
WITH billed AS (
    SELECT b.payment_id, min(b.load_id) AS load_id
      FROM payment_billed b
     WHERE b.is_settling
       AND NOT EXISTS (SELECT 1 FROM payment_link known WHERE known.payment_id = b.payment_id)
     GROUP BY b.payment_id
),
linked AS (
    INSERT INTO payment_link (payment_id, load_id)
    SELECT payment_id, load_id FROM billed
        ON CONFLICT DO NOTHING
    RETURNING payment_id
),
taken_back AS (
    INSERT INTO entry (account_id, kind, period, service_id, op, amount, posted_on, load_id,
                       entry_id, document, bank_ref, details)
    SELECT e.account_id, e.kind, e.period, e.service_id, 'payment', -e.amount, :today, 0,
           concat_ws(':', e.entry_id, 'back'), 'учтено', e.bank_ref,
           'платёж учтён по данным расчётов'
      FROM linked
     CROSS JOIN unnest(enum_range(NULL::debt_kind)) AS each (kind)
      JOIN entry e ON e.entry_id = concat('portal:', linked.payment_id, ':', each.kind)
                  AND e.load_id = 0
    RETURNING account_id, kind, amount
),
moved AS (
    SELECT account_id, kind, sum(amount) AS amount FROM taken_back GROUP BY account_id, kind
),
balanced AS (
    UPDATE account_balance known
       SET in_transit = known.in_transit - moved.amount
      FROM moved
     WHERE known.account_id = moved.account_id AND known.kind = moved.kind
)
SELECT payment_id FROM linked
