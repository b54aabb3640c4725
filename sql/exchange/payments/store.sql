-- Take what is new, give its account to what has waited for it; their entries follow.
WITH added AS (
    INSERT INTO payment (source, trx_id, part, account_id, load_id, principal, penalty, paid_at,
                         period)
    SELECT CAST(:source AS payment_source), trx_id, part,
           CASE WHEN verdict = 'new' THEN account_id END,
           CAST(:load_id AS integer), principal, penalty, paid_at, date_trunc('month', paid_on)
      FROM stage_payments
     WHERE verdict IN ('new', 'suspense')
     ORDER BY line
    RETURNING payment_id, trx_id, part
),
found AS (
    UPDATE payment
       SET account_id = s.account_id
      FROM stage_payments s
     WHERE s.verdict = 'found' AND payment.payment_id = s.payment_id
    RETURNING payment.payment_id, payment.source, s.service_id, s.paid_on
),
noted AS (
    INSERT INTO payment_found (payment_id, load_id)
    SELECT payment_id, CAST(:load_id AS integer) FROM found
),
matched AS (
    INSERT INTO payment_match (payment_id, load_id)
    SELECT DISTINCT payment_id, CAST(:load_id AS integer)
      FROM stage_payments
     WHERE verdict = 'matched'
    UNION
    -- that had waited in suspense
    SELECT payment_id, CAST(:load_id AS integer) FROM found WHERE source IN ('gpb', 'sngb')
        ON CONFLICT DO NOTHING
)
SELECT added.payment_id, s.service_id, s.paid_on
  FROM added
  JOIN stage_payments s USING (trx_id, part)
 UNION ALL
SELECT payment_id, service_id, paid_on FROM found
 ORDER BY 1
