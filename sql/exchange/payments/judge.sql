-- What each row is: known from an earlier registry (`known`; `found` where it has waited for an
-- account that is known now; `waits` where it still waits), brought by the bank's message before
-- (`matched`), for a person (`suspense`), or `new`.
WITH judged AS (
    SELECT s.line, known.payment_id AS known_id, known.account_id AS known_account_id, s.reason,
           told.payment_id AS told_id
      FROM stage_payments s
      LEFT JOIN payment known
        ON known.source = CAST(:source AS payment_source)
       AND known.trx_id = s.trx_id
       AND known.part = s.part
      LEFT JOIN LATERAL (
           SELECT min(p.payment_id) AS payment_id
             FROM (SELECT p.payment_id, p.principal, p.penalty, p.account_id
                     FROM payment p
                    WHERE p.trx_id = s.trx_id AND p.source IN ('gpb', 'sngb')
                    UNION
                   SELECT p.payment_id, p.principal, p.penalty, p.account_id
                     FROM payment p
                    WHERE p.account_id = s.account_id AND p.rrn = s.trx_id
                      AND p.source IN ('gpb', 'sngb')) p
            WHERE (p.account_id IS NOT NULL OR s.account_id IS NULL)
              AND sign(p.principal + p.penalty) = sign(s.principal + s.penalty)) told ON true
)
UPDATE stage_payments s
   SET payment_id = coalesce(judged.told_id, judged.known_id),
       verdict = CASE WHEN judged.known_account_id IS NOT NULL
                        OR EXISTS (SELECT 1 FROM payment_match m
                                    WHERE m.payment_id = judged.told_id) THEN 'known'
                      WHEN judged.told_id IS NOT NULL THEN 'matched'
                      WHEN judged.known_id IS NULL AND judged.reason IS NULL THEN 'new'
                      WHEN judged.known_id IS NULL THEN 'suspense'
                      WHEN judged.reason IS NULL THEN 'found'
                      ELSE 'waits' END
  FROM judged
 WHERE judged.line = s.line
