-- The next order that СНГБ owes an answer about, taken for a minute: nobody else asks meanwhile.
-- `asked_at` to come says that somebody is asking now, one that is past when it was asked last.
WITH next AS (
    SELECT order_id
      FROM payment_order
     WHERE bank = 'sngb'
       AND state IN ('created', 'checked', 'failed', 'cancelled', 'expired')
       AND bank_payment_id IS NOT NULL
       AND sent_at BETWEEN now() - interval '3 days' AND now() - interval '1 minute'
       -- what the index is by
       AND created_at > now() - interval '4 days'
       AND (asked_at IS NULL OR asked_at <= now())
       -- a refusal is an answer, and so is that the payer gave up; and yet he may have paid since,
       -- with another card: of such an order nobody asks often
       AND (asked_at IS NULL
            OR (state NOT IN ('failed', 'cancelled') AND NOT CAST(:is_patient AS boolean))
            OR asked_at + greatest(interval '1 minute', least((asked_at - sent_at) / 2,
                   CASE WHEN state NOT IN ('failed', 'cancelled') THEN interval '1 hour' END))
               <= now())
       AND order_id <> ALL (CAST(:asked AS text[]))
     ORDER BY asked_at NULLS FIRST, sent_at
     LIMIT 1
       FOR UPDATE SKIP LOCKED
)
UPDATE payment_order taken
   SET asked_at = now() + interval '1 minute'
  FROM next
 WHERE taken.order_id = next.order_id
RETURNING taken.order_id, account_id, bank, state, principal, penalty, fee, service_id,
          bank_account, created_at, expires_at < now() AS is_expired, bank_payment_id, reason
