-- The journal: what the bank has answered to a refund.
INSERT INTO bank_message (bank, kind, address, raw, order_id, trx_id, verdict, answer)
VALUES (CAST(:bank AS bank), 'refund', '', :raw, :order_id, :trx_id, :verdict, '')
