-- Accounts whose state of today is in another house than they are counted in: states of this load,
-- and states that have begun since the last one.
INSERT INTO moved_accounts (account_id, from_house_id)
SELECT a.account_id, a.house_id
  FROM (SELECT account_id FROM account_state WHERE load_id = :load_id
         UNION
        SELECT account_id FROM account_state
         WHERE valid_from > (SELECT max(today) FROM load WHERE load_id < :load_id)
           AND valid_from <= :today) touched
  JOIN account a USING (account_id)
 CROSS JOIN LATERAL account_state_on(a.account_id, :today) state
  JOIN premises p USING (premises_id)
 WHERE a.house_id <> p.house_id
