-- The last attempts to open the login, those that failed too.
SELECT at, address, agent, outcome, is_known_device
  FROM login_event
 WHERE subscriber_id = :subscriber_id
 ORDER BY at DESC, login_event_id DESC
 LIMIT :most
