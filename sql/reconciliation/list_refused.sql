-- Messages we did not believe, the newest first; of some of them the bank is still to be asked.
SELECT message_id, CAST(bank AS text) AS bank, kind, received_at, address, raw, reason,
       ask_after IS NOT NULL
       AND received_at > now() - make_interval(days => :asked_days) AS is_to_ask
  FROM refused_message
 WHERE CAST(:before AS bigint) = 0 OR message_id < CAST(:before AS bigint)
 ORDER BY message_id DESC
 LIMIT :most
