-- Take a payment at once: its row, the order's state, the journal; its entries follow in the same
-- transaction (book_entries). A transaction that is known already books nothing; one that a
-- registry has brought before its bank's message only learns the order and what else is new.
WITH told AS (
    UPDATE payment
       SET order_id = coalesce(order_id, :order_id),
           rrn = coalesce(rrn, :rrn),
           auth_code = coalesce(auth_code, :auth_code),
           masked_pan = coalesce(masked_pan, :masked_pan)
     WHERE source IN ('sber', '1c', 'dbf', 'csv')
       AND trx_id IN (:trx_id, :rrn)
       AND (trx_id = :trx_id OR account_id = :account_id)
       AND (account_id IS NOT NULL OR CAST(:account_id AS integer) IS NULL)
       AND withdrawn_by IS NULL
       AND principal + penalty > 0
    RETURNING payment_id
),
taken AS (
    INSERT INTO payment (source, trx_id, order_id, account_id, principal, penalty, paid_at, period,
                         rrn, auth_code, masked_pan)
    SELECT CAST(:source AS payment_source), :trx_id, :order_id, CAST(:account_id AS integer),
           CAST(:principal AS bigint), CAST(:penalty AS bigint), CAST(:paid_at AS timestamptz),
           CAST(:period AS date), :rrn, :auth_code, :masked_pan
     WHERE NOT EXISTS (SELECT 1 FROM told)
        ON CONFLICT (source, trx_id, part) DO NOTHING
    RETURNING payment_id
),
moved AS (
    UPDATE payment_order
       SET state = 'paid', reason = NULL
     WHERE order_id = :order_id
       AND state NOT IN ('refunded_part', 'refunded')
       AND (EXISTS (SELECT 1 FROM taken) OR EXISTS (SELECT 1 FROM told))
),
noted AS (
    INSERT INTO bank_message (bank, kind, address, raw, order_id, trx_id, verdict, answer)
    SELECT CAST(:bank AS bank), :message_kind, :address, :raw, :order_id, :trx_id,
           CASE WHEN EXISTS (SELECT 1 FROM taken) THEN :verdict ELSE 'repeat' END, :answer
)
SELECT payment_id FROM taken
