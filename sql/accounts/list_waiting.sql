-- Accounts with an order whose payer is at the bank now: to be paid twice by mistake otherwise.
SELECT account_id, max(created_at) AS begun_at
  FROM payment_order
 WHERE account_id = ANY(CAST(:account_ids AS integer[]))
   AND state IN ('created', 'checked')
   AND sent_at IS NOT NULL
   AND expires_at > now()
 GROUP BY account_id
