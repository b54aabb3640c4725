-- verify-books: payments whose provisional entries are not what they should be: all of a payment
-- with an account, none in sum where billing's own stand for it or it was withdrawn; and entries of
-- no payment.
WITH due AS (
    SELECT p.payment_id, p.account_id, part.kind,
           CASE WHEN p.withdrawn_by IS NOT NULL
                  OR EXISTS (SELECT 1 FROM payment_link l WHERE l.payment_id = p.payment_id) THEN 0
                ELSE part.amount END AS amount
      FROM payment p
     CROSS JOIN LATERAL (VALUES (CAST('principal' AS debt_kind), p.principal),
                                (CAST('penalty' AS debt_kind), p.penalty)) part (kind, amount)
     WHERE p.account_id IS NOT NULL
),
made AS (
    SELECT CAST(split_part(entry_id, chr(58), 2) AS bigint) AS payment_id, account_id, kind,
           CAST(sum(amount) AS bigint) AS amount
      FROM entry
     WHERE load_id = 0
     GROUP BY 1, 2, 3
)
SELECT concat_ws(' ', 'платёж', p.source, p.trx_id) AS what,
       CAST(kind AS text) AS detail,
       coalesce(due.amount, 0) AS kept,
       coalesce(made.amount, 0) AS counted
  FROM due
  FULL JOIN made USING (payment_id, account_id, kind)
  LEFT JOIN payment p USING (payment_id)
 WHERE coalesce(due.amount, 0) <> coalesce(made.amount, 0)
 ORDER BY payment_id, 2
