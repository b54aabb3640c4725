-- Where billing's entries say otherwise than the payments they stand for; rows of one operation on
-- one account are taken together. Kopecks.
WITH ours AS (
    SELECT p.source, p.trx_id, p.account_id, array_agg(p.payment_id) AS payments,
           CAST(sum(p.principal) AS bigint) AS principal, CAST(sum(p.penalty) AS bigint) AS penalty
      FROM payment p
     WHERE p.payment_id = ANY(CAST(:payment_ids AS bigint[]))
     GROUP BY p.source, p.trx_id, p.account_id
),
compared AS (
    SELECT ours.*, theirs.account_ids,
           coalesce(theirs.principal, 0) AS their_principal,
           coalesce(theirs.penalty, 0) AS their_penalty
      FROM ours
     CROSS JOIN LATERAL (
           SELECT array_agg(DISTINCT e.account_id) AS account_ids,
                  CAST(sum(e.amount) FILTER (WHERE e.kind = 'principal') AS bigint) AS principal,
                  CAST(sum(e.amount) FILTER (WHERE e.kind = 'penalty') AS bigint) AS penalty
             FROM (SELECT DISTINCT entry_id, account_id, kind, amount
                     FROM payment_billed
                    WHERE payment_id = ANY(ours.payments)) e) theirs
)
SELECT coalesce(own.number, '') AS account, c.trx_id, c.principal, c.penalty,
       array_to_string(ARRAY(SELECT a.number FROM account a
                              WHERE a.account_id = ANY(c.account_ids) ORDER BY a.number), ', ')
           AS their_account,
       c.their_principal, c.their_penalty
  FROM compared c
  LEFT JOIN account own ON own.account_id = c.account_id
 WHERE (c.principal, c.penalty) <> (c.their_principal, c.their_penalty)
    OR c.account_ids <> ARRAY[c.account_id]
 ORDER BY 1, 2
