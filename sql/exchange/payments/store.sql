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
    RETURNING payment.payment_id, payment.trx_id, payment.part
),
matched AS (
    INSERT INTO payment_match (payment_id, load_id)
    SELECT DISTINCT payment_id, CAST(:load_id AS integer)
      FROM stage_payments
     WHERE verdict = 'matched'
)
SELECT taken.payment_id, s.service_id, s.paid_on
  FROM (SELECT * FROM added UNION ALL SELECT * FROM found) taken
  JOIN stage_payments s ON s.trx_id = taken.trx_id AND s.part = taken.part
 ORDER BY taken.payment_id
