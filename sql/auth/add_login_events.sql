-- What became of an attempt: a row for each whom the login may have meant, one for nobody known.
INSERT INTO login_event (at, subscriber_id, address, agent, outcome, is_known_device)
SELECT :now, subscriber_id, :address, :agent, :outcome, :is_known_device
  FROM unnest(CAST(:subscriber_ids AS integer[])) subscriber_id
