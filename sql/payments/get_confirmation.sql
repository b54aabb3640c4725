-- A payment taken on the site, for its owner's paper; what it went to is billing's word where
-- billing has sent its entries, else what the order was shown to pay, if it was paid exactly.
WITH taken AS (
    SELECT p.payment_id, p.account_id, p.trx_id, p.order_id, p.principal, p.penalty, p.paid_at,
           p.rrn, p.auth_code, p.masked_pan, o.state, o.fee,
           coalesce(CAST(o.bank AS text), CAST(p.source AS text)) AS bank,
           -- the first word of it besides the bank's message
           least(link.linked_at, found.matched_at,
                 CASE WHEN p.load_id IS NOT NULL THEN p.booked_at END) AS settled_at,
           link.linked_at IS NOT NULL AS is_billed,
           (p.principal, p.penalty) = (o.principal, o.penalty)
           AND NOT EXISTS (SELECT 1 FROM payment earlier
                            WHERE earlier.order_id = p.order_id
                              AND earlier.withdrawn_by IS NULL
                              AND earlier.payment_id < p.payment_id) AS is_exact
      FROM payment p
      LEFT JOIN payment_order o USING (order_id)
      LEFT JOIN payment_link link USING (payment_id)
      LEFT JOIN payment_match found USING (payment_id)
     WHERE p.payment_id = :payment_id
       AND p.withdrawn_by IS NULL
       AND p.account_id = :account_id
       AND CAST(p.paid_at AT TIME ZONE :zone AS date)
           >= coalesce(CAST(:owner_since AS date), '-infinity')
),
part AS (
    SELECT e.kind, e.for_period AS month, sum(e.amount) AS amount, 0 AS place
      FROM taken
      JOIN payment_billed billed USING (payment_id)
      JOIN entry e ON e.entry_id = billed.entry_id AND e.account_id = taken.account_id
     WHERE taken.is_billed
     GROUP BY e.kind, e.for_period
    UNION ALL
    SELECT planned.kind, planned.month, planned.amount, planned.place
      FROM taken
      JOIN order_part planned USING (order_id)
     WHERE taken.is_exact AND NOT taken.is_billed
)
SELECT bank, trx_id, order_id, state, principal, penalty, CASE WHEN is_exact THEN fee END AS fee,
       paid_at, settled_at, is_billed, rrn, auth_code, masked_pan,
       told.kinds, told.months, told.amounts
  FROM taken
 CROSS JOIN (
       SELECT coalesce(array_agg(CAST(kind AS text) ORDER BY kind, place, month), '{}') AS kinds,
              coalesce(array_agg(month ORDER BY kind, place, month), '{}') AS months,
              coalesce(array_agg(CAST(amount AS bigint) ORDER BY kind, place, month), '{}')
                  AS amounts
         FROM part) told
 WHERE bank IN ('gpb', 'sngb')
