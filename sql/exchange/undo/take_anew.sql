-- Payments that are withdrawn in one manner and true in another, as rows of their own: without the
-- account that was found for them, or without billing's entries. Their entries follow.
WITH gone AS (
    SELECT p.*, left(p.part, length(p.part) - length(concat('#', p.payment_id))) AS own_part
      FROM payment p
     WHERE p.payment_id = ANY(CAST(:payment_ids AS bigint[]))
)
INSERT INTO payment (source, trx_id, part, order_id, account_id, load_id, principal, penalty,
                     paid_at, period, rrn, auth_code, masked_pan)
SELECT source, trx_id, own_part, order_id,
       CASE WHEN CAST(:keeps_account AS boolean) THEN account_id END,
       load_id, principal, penalty, paid_at, period, rrn, auth_code, masked_pan
  FROM gone
 ORDER BY payment_id
RETURNING payment_id,
          (SELECT usual.service_id FROM contribution_service(account_id, :usual) usual)
              AS service_id,
          CAST(paid_at AT TIME ZONE :zone AS date) AS paid_on
