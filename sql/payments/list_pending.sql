-- Orders whose payers were sent to the bank not long ago, and the bank has not answered yet.
SELECT order_id, principal + penalty AS amount, sent_at
  FROM payment_order
 WHERE account_id = :account_id
   AND state IN ('created', 'checked')
   AND sent_at >= now() - make_interval(days => :days)
   AND CAST(sent_at AT TIME ZONE :zone AS date)
       >= coalesce(CAST(:owner_since AS date), '-infinity')
 ORDER BY sent_at DESC
 LIMIT :most
