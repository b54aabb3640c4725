-- The next notification for an order nobody knew, taken for a minute: nobody else asks meanwhile,
-- and a bank that is silent is asked again after it, for some days.
WITH next AS (
    SELECT message_id
      FROM refused_message
     WHERE bank = 'sngb'
       AND ask_after <= now()
       AND received_at > now() - make_interval(days => :asked_days)
     ORDER BY ask_after, message_id
     LIMIT 1
       FOR UPDATE SKIP LOCKED
)
UPDATE refused_message taken
   SET ask_after = now() + interval '1 minute'
  FROM next
 WHERE taken.message_id = next.message_id
RETURNING taken.message_id, taken.address, taken.raw
