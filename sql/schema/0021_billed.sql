-- depends: 0020_differences
-- As before (0013_refunds), in the one order that stays quick whatever the statistics say: payment
-- by payment, its entries by their index. OFFSET keeps the planner from joining the two tables by
-- anything else: with no undone load it expects one row, and compares every payment with every entry.
CREATE OR REPLACE VIEW payment_billed AS
SELECT p.payment_id, e.load_id, e.entry_id, e.account_id, e.kind, e.amount,
       -- money taken is confirmed by entries above zero, and a refund by those below
       sign(e.amount) = sign(p.principal + p.penalty) AS is_settling
  FROM payment p
 CROSS JOIN LATERAL (
       SELECT load_id, entry_id, account_id, kind, amount, bank_ref
         FROM entry
        WHERE bank_ref = ANY (ARRAY[p.trx_id, p.rrn])
          AND bank_ref IS NOT NULL AND op = 'payment' AND load_id > 0
       OFFSET 0) e
 WHERE p.withdrawn_by IS NULL
   AND (e.account_id = p.account_id
        OR (e.bank_ref = p.trx_id
            AND NOT EXISTS (SELECT 1 FROM payment other
                             WHERE other.source = p.source AND other.trx_id = p.trx_id
                               AND other.withdrawn_by IS NULL
                               AND other.account_id IS DISTINCT FROM p.account_id)))
   AND NOT EXISTS (SELECT 1 FROM load_undo undone WHERE undone.load_id = e.load_id)
   AND CASE WHEN p.refund_id IS NULL
            THEN e.amount >= 0
                 OR NOT EXISTS (SELECT 1 FROM payment back
                                 WHERE back.source = p.source AND back.trx_id = p.trx_id
                                   AND back.refund_id IS NOT NULL AND back.withdrawn_by IS NULL)
            ELSE e.amount < 0
                 AND (e.bank_ref <> p.trx_id
                      OR (SELECT sum(all_back.amount) FROM entry all_back
                           WHERE all_back.bank_ref = p.trx_id AND all_back.op = 'payment'
                             AND all_back.load_id > 0 AND all_back.amount < 0
                             AND NOT EXISTS (SELECT 1 FROM load_undo undone
                                              WHERE undone.load_id = all_back.load_id))
                         < (SELECT coalesce(sum(earlier.principal + earlier.penalty), 0)
                              FROM payment earlier
                             WHERE earlier.source = p.source AND earlier.trx_id = p.trx_id
                               AND earlier.refund_id < p.refund_id
                               AND earlier.withdrawn_by IS NULL))
       END;
