-- verify-books: payments that billing's entries stand for, and nobody has taken ours back.
SELECT concat_ws(' ', 'платёж', p.source, p.trx_id) AS what,
       'записи расчётов' AS detail,
       p.principal + p.penalty AS kept,
       CAST(0 AS bigint) AS counted
  FROM payment p
 WHERE NOT EXISTS (SELECT 1 FROM payment_link l WHERE l.payment_id = p.payment_id)
   AND EXISTS (SELECT 1 FROM payment_billed b
                WHERE b.payment_id = p.payment_id AND b.is_settling)
 ORDER BY p.payment_id
