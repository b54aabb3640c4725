-- The journal of an order, or of a transaction that has none, the oldest first.
SELECT CAST(bank AS text) AS bank, kind, received_at, address, raw, trx_id, verdict, answer
  FROM bank_message
 WHERE order_id = CAST(:order_id AS text)
    OR (CAST(:order_id AS text) IS NULL AND trx_id = ANY(CAST(:trx_ids AS text[])))
 ORDER BY message_id
 LIMIT :most
