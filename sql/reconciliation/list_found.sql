-- Orders and payments by any number that an accountant may hold: of the account, the order, the
-- bank's transaction, its rrn or authorisation; without one, the newest.
WITH wanted AS (
    SELECT n.account_id FROM account_number n WHERE n.number_key = CAST(:number_key AS text)
),
paid AS (
    SELECT p.payment_id, p.order_id, p.account_id, p.paid_at AS at, p.principal, p.penalty,
           CAST(p.source AS text) AS source, p.trx_id,
           CASE WHEN p.refund_id IS NOT NULL THEN 'refund'
                WHEN p.account_id IS NULL THEN 'suspense'
                ELSE coalesce(CAST(o.state AS text), 'paid') END AS state
      FROM payment p
      LEFT JOIN payment_order o USING (order_id)
     WHERE p.withdrawn_by IS NULL
       AND (CAST(:text AS text) = ''
            OR p.account_id IN (SELECT account_id FROM wanted)
            OR :text IN (p.order_id, p.trx_id, p.rrn, p.auth_code))
     ORDER BY p.payment_id DESC
     LIMIT :most
),
begun AS (
    SELECT CAST(NULL AS bigint) AS payment_id, o.order_id, o.account_id, o.created_at AS at,
           o.principal, o.penalty, CAST(o.bank AS text) AS source, '' AS trx_id,
           CAST(o.state AS text) AS state
      FROM payment_order o
     WHERE NOT EXISTS (SELECT 1 FROM payment p WHERE p.order_id = o.order_id)
       AND (CAST(:text AS text) = ''
            OR o.account_id IN (SELECT account_id FROM wanted)
            OR :text IN (o.order_id, o.bank_payment_id))
     ORDER BY o.created_at DESC
     LIMIT :most
)
SELECT found.payment_id, found.order_id, coalesce(a.number, '') AS account, found.at,
       found.principal, found.penalty, found.source, found.trx_id, found.state
  FROM (SELECT * FROM paid UNION ALL SELECT * FROM begun) found
  LEFT JOIN account a USING (account_id)
 ORDER BY found.at DESC, found.payment_id DESC
 LIMIT :most
