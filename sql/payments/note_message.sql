-- The journal: a verified message that books nothing, and the state it moves the order to, if any.
WITH moved AS (
    UPDATE payment_order
       SET state = CAST(:state AS order_state), reason = :reason
     WHERE order_id = :order_id AND CAST(:state AS order_state) IS NOT NULL
)
INSERT INTO bank_message (bank, kind, address, raw, order_id, trx_id, verdict, answer)
VALUES (CAST(:bank AS bank), :message_kind, :address, :raw, :order_id, :trx_id, :verdict, :answer)
