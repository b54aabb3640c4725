-- Orders and payments by any number that an accountant may hold: of the account, the order, the
-- bank's payment or transaction, its rrn or authorisation; without one, the newest.
WITH wanted AS (
    SELECT n.account_id FROM account_number n WHERE n.number_key = CAST(:number_key AS text)
),
paid AS (
    SELECT * FROM payment WHERE account_id IN (SELECT account_id FROM wanted)
     UNION
    SELECT * FROM payment WHERE order_id = :text
     UNION
    SELECT * FROM payment WHERE trx_id = :text
     UNION
    SELECT * FROM payment WHERE rrn = :text
     UNION
    SELECT * FROM payment WHERE auth_code = :text
     UNION
    SELECT p.*
      FROM payment_order o
      JOIN payment p ON p.order_id = o.order_id
     WHERE o.bank_payment_id = :text
     UNION
   (SELECT * FROM payment
     WHERE CAST(:text AS text) = '' AND withdrawn_by IS NULL
     ORDER BY payment_id DESC
     LIMIT :most)
),
begun AS (
    SELECT * FROM payment_order WHERE account_id IN (SELECT account_id FROM wanted)
     UNION
    SELECT * FROM payment_order WHERE order_id = :text
     UNION
    SELECT * FROM payment_order WHERE bank_payment_id = :text
     UNION
   (SELECT * FROM payment_order
     WHERE CAST(:text AS text) = ''
       AND state IN ('created', 'checked', 'failed', 'cancelled', 'expired')
     ORDER BY created_at DESC
     LIMIT :most)
),
found AS (
    SELECT p.payment_id, p.order_id, p.account_id, p.paid_at AS at, p.principal, p.penalty,
           CAST(p.source AS text) AS source, p.trx_id,
           CASE WHEN p.refund_id IS NOT NULL THEN 'refund'
                WHEN p.account_id IS NULL THEN 'suspense'
                ELSE coalesce(CAST(o.state AS text), 'paid') END AS state
      FROM paid p
      LEFT JOIN payment_order o ON o.order_id = p.order_id
     WHERE p.withdrawn_by IS NULL
     UNION ALL
    SELECT NULL, o.order_id, o.account_id, o.created_at, o.principal, o.penalty,
           CAST(o.bank AS text), '', CAST(o.state AS text)
      FROM begun o
     WHERE (SELECT min(p.payment_id) FROM payment p WHERE p.order_id = o.order_id) IS NULL
)
SELECT found.payment_id, found.order_id, coalesce(a.number, '') AS account, found.at,
       found.principal, found.penalty, found.source, found.trx_id, found.state
  FROM found
  LEFT JOIN account a USING (account_id)
 ORDER BY found.at DESC, found.payment_id DESC
 LIMIT :most
