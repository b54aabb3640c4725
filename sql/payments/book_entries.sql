-- The entries of payments just taken: provisional, in transit until the billing system sends its
-- own. Where it has sent them first, those stand, a link says so and ours are not made.
WITH taken AS (
    SELECT p.payment_id, p.source, p.trx_id, p.account_id, p.period, p.principal, p.penalty,
           each.service_id, each.posted_on
      FROM unnest(CAST(:payment_ids AS bigint[]), CAST(:service_ids AS smallint[]),
                  CAST(:days AS date[])) AS each (payment_id, service_id, posted_on)
      JOIN payment p ON p.payment_id = each.payment_id
),
billed AS (
    SELECT payment_id, min(load_id) AS load_id
      FROM payment_billed
     WHERE payment_id = ANY(CAST(:payment_ids AS bigint[]))
       AND is_settling
     GROUP BY payment_id
),
linked AS (
    INSERT INTO payment_link (payment_id, load_id)
    SELECT payment_id, load_id FROM billed
        ON CONFLICT DO NOTHING
),
booked AS (
    INSERT INTO entry (account_id, kind, period, service_id, op, amount, posted_on, load_id,
                       entry_id, bank_ref, details)
    SELECT taken.account_id, part.kind, taken.period, taken.service_id, 'payment', part.amount,
           taken.posted_on, 0, concat('portal:', taken.payment_id, ':', part.kind), taken.trx_id,
           CASE WHEN part.amount < 0 THEN 'возврат плательщику'
                WHEN taken.source IN ('gpb', 'sngb') THEN 'оплата на портале'
                ELSE 'оплата по реестру банка' END
      FROM taken
     CROSS JOIN LATERAL (VALUES (CAST('principal' AS debt_kind), taken.principal),
                                (CAST('penalty' AS debt_kind), taken.penalty)) part (kind, amount)
     WHERE part.amount <> 0
       AND taken.account_id IS NOT NULL
       AND NOT EXISTS (SELECT 1 FROM billed WHERE billed.payment_id = taken.payment_id)
    RETURNING account_id, kind, amount
),
balanced AS (
    INSERT INTO account_balance AS known (account_id, kind, balance, in_transit)
    SELECT account_id, kind, 0, -sum(amount) FROM booked GROUP BY account_id, kind
     -- everybody takes these rows in one order, or two would wait for each other
     ORDER BY account_id, kind
        ON CONFLICT (account_id, kind) DO UPDATE
       SET in_transit = known.in_transit + excluded.in_transit
)
SELECT payment_id FROM billed
