-- What each row is: known from an earlier registry, of any format (`known`; `found` where it, or the
-- bank's message of it, has waited for an account that is known now; `waits` where it still waits),
-- brought by the bank's message before (`matched`), for a person (`suspense`), or `new`.
WITH staged AS (
    SELECT *, count(*) OVER (PARTITION BY trx_id, sign(principal + penalty)) AS times
      FROM stage_payments
),
judged AS (
    SELECT s.line, known.payment_id AS known_id, known.account_id AS known_account_id, s.reason,
           told.payment_id AS told_id, lost.payment_id AS lost_id
      FROM staged s
      LEFT JOIN LATERAL (
           SELECT p.payment_id, p.account_id
             FROM payment p
            WHERE p.trx_id = s.trx_id AND p.part = s.part
              AND p.source IN ('sber', '1c', 'dbf', 'csv') AND p.withdrawn_by IS NULL
            ORDER BY p.account_id IS NULL, p.source <> CAST(:source AS payment_source),
                     p.payment_id
            LIMIT 1) known ON true
      LEFT JOIN LATERAL (
           SELECT min(p.payment_id) AS payment_id
             FROM (SELECT p.payment_id, p.principal, p.penalty, p.account_id
                     FROM payment p
                    WHERE p.trx_id = s.trx_id AND p.source IN ('gpb', 'sngb')
                      AND p.withdrawn_by IS NULL
                    UNION
                   SELECT p.payment_id, p.principal, p.penalty, p.account_id
                     FROM payment p
                    WHERE p.account_id = s.account_id AND p.rrn = s.trx_id
                      AND p.source IN ('gpb', 'sngb') AND p.withdrawn_by IS NULL) p
            WHERE (p.account_id IS NOT NULL OR s.account_id IS NULL)
              AND sign(p.principal + p.penalty) = sign(s.principal + s.penalty)) told ON true
      LEFT JOIN LATERAL (
           -- the message named no order of ours; who it was for is plain where one row tells it
           SELECT min(p.payment_id) AS payment_id
             FROM payment p
            WHERE p.trx_id = s.trx_id AND p.source IN ('gpb', 'sngb')
              AND p.account_id IS NULL AND s.account_id IS NOT NULL AND s.reason IS NULL
              AND p.withdrawn_by IS NULL
              AND sign(p.principal + p.penalty) = sign(s.principal + s.penalty)
              AND s.times = 1) lost ON true
)
UPDATE stage_payments s
   SET payment_id = coalesce(judged.told_id, judged.lost_id, judged.known_id),
       verdict = CASE WHEN judged.known_account_id IS NOT NULL
                        OR EXISTS (SELECT 1 FROM payment_match m
                                    WHERE m.payment_id = judged.told_id) THEN 'known'
                      WHEN judged.told_id IS NOT NULL THEN 'matched'
                      WHEN judged.lost_id IS NOT NULL THEN 'found'
                      WHEN judged.known_id IS NULL AND judged.reason IS NULL THEN 'new'
                      WHEN judged.known_id IS NULL THEN 'suspense'
                      WHEN judged.reason IS NULL THEN 'found'
                      ELSE 'waits' END
  FROM judged
 WHERE judged.line = s.line
