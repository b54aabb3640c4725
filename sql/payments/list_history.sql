-- История платежей: what was paid by the reader's account, a row a payment, the newest first.
-- Until billing sends its own entries a payment of ours is its provisional ones; then they and
-- their storno are left out and billing's stand for it; what was undone with its load is left out
-- whole. :hidden_before is the new owner's first
-- month; of what was paid before his first day the sum is told and no word.
WITH own AS (
    SELECT p.payment_id, p.masked_pan,
           -- a registry may have come before the message of the bank that the order was paid at
           coalesce(CAST(o.bank AS text), CAST(p.source AS text)) AS source,
           CAST(p.paid_at AT TIME ZONE :zone AS date) AS paid_on,
           link.payment_id IS NOT NULL AS is_linked,
           p.withdrawn_by IS NOT NULL AS is_withdrawn,
           -- a registry confirms what the bank's message has told, and what it tells itself
           p.load_id IS NULL AND link.payment_id IS NULL
           AND NOT EXISTS (SELECT 1 FROM payment_match WHERE payment_id = p.payment_id)
               AS is_in_transit,
           -- the months an order was shown to pay are those of its first payment, if it was exact
           CASE WHEN (p.principal, p.penalty) = (o.principal, o.penalty)
                 AND p.payment_id = min(p.payment_id) FILTER (WHERE p.withdrawn_by IS NULL)
                                        OVER (PARTITION BY p.order_id)
                THEN p.order_id END AS order_id
      FROM payment p
      LEFT JOIN payment_order o USING (order_id)
      LEFT JOIN payment_link link USING (payment_id)
     WHERE p.account_id = :account_id
),
-- entries of billing that stand for a payment of ours
billed AS (
    SELECT b.entry_id, min(b.payment_id) AS payment_id
      FROM own
      JOIN payment_billed b USING (payment_id)
     WHERE own.is_linked AND b.account_id = :account_id
     GROUP BY b.entry_id
),
moved AS (
    SELECT e.kind, e.amount, e.for_period, e.document, e.details, own.payment_id,
           coalesce(own.paid_on, e.posted_on) AS day,
           coalesce('payment ' || own.payment_id, 'bank ' || e.bank_ref, 'paper ' || e.document,
                    e.entry_id) AS whole
      FROM entry e
      LEFT JOIN billed ON billed.entry_id = e.entry_id AND e.load_id > 0
      LEFT JOIN own
        ON own.payment_id = coalesce(
               billed.payment_id,
               CASE WHEN e.load_id = 0
                    THEN CAST(substring(e.entry_id FROM '^portal:([0-9]+):') AS bigint) END)
     WHERE e.account_id = :account_id
       AND e.kind = ANY(enum_range(NULL::debt_kind))
       AND e.op = 'payment'
       AND e.period >= coalesce(CAST(:hidden_before AS date), '-infinity')
       AND NOT (e.load_id = 0 AND (coalesce(own.is_linked, false)
                                   OR coalesce(own.is_withdrawn, false)))
       AND NOT EXISTS (SELECT 1 FROM load_undo undone
                        WHERE e.load_id IN (undone.load_id, undone.undo_load_id))
),
paid AS (
    SELECT day, payment_id,
           day >= coalesce(CAST(:owner_since AS date), '-infinity') AS is_told,
           coalesce(sum(amount) FILTER (WHERE kind = 'principal'), 0) AS principal,
           coalesce(sum(amount) FILTER (WHERE kind = 'penalty'), 0) AS penalty,
           string_agg(DISTINCT document, ', ') AS document,
           string_agg(DISTINCT details, ', ') AS details,
           array_agg(DISTINCT for_period) FILTER (
               WHERE kind = 'principal' AND for_period IS NOT NULL) AS months,
           array_agg(DISTINCT for_period) FILTER (
               WHERE kind = 'penalty' AND for_period IS NOT NULL) AS penalty_months
      FROM moved
     WHERE day >= coalesce(CAST(:hidden_before AS date), '-infinity')
     GROUP BY whole, day, payment_id, sign(amount)
)
SELECT paid.day,
       CAST(paid.principal AS bigint) AS principal,
       CAST(paid.penalty AS bigint) AS penalty,
       coalesce(own.is_in_transit, false) AS is_in_transit,
       paid.is_told,
       CASE WHEN paid.is_told THEN own.payment_id END AS payment_id,
       CASE WHEN paid.is_told THEN own.source END AS source,
       CASE WHEN paid.is_told THEN own.masked_pan END AS masked_pan,
       CASE WHEN paid.is_told THEN paid.document END AS document,
       CASE WHEN paid.is_told THEN paid.details END AS details,
       coalesce(CASE WHEN paid.is_told THEN coalesce(paid.months, planned.months) END, '{}')
           AS months,
       coalesce(CASE WHEN paid.is_told THEN paid.penalty_months END, '{}') AS penalty_months
  FROM paid
  LEFT JOIN own USING (payment_id)
  LEFT JOIN LATERAL (
       SELECT array_agg(part.month ORDER BY part.place) AS months
         FROM order_part part
        WHERE part.order_id = own.order_id AND part.kind = 'principal') planned ON true
 ORDER BY paid.day DESC, own.payment_id DESC NULLS LAST, paid.principal DESC, paid.penalty DESC
 LIMIT :most
