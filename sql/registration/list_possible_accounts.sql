-- The accounts an application may be about, as they are today: the one that was named, else all
-- that the number means.
SELECT a.account_id,
       a.number,
       h.address,
       p.kind AS premises_kind,
       p.number AS premises,
       state.owner_kind,
       state.last_name,
       state.first_name,
       state.middle_name,
       state.organization,
       state.inn,
       state.closed_on
  FROM application one
 CROSS JOIN LATERAL (
       SELECT one.account_id WHERE one.account_id IS NOT NULL
        UNION
       SELECT n.account_id FROM account_number n
        WHERE one.account_id IS NULL AND n.number_key = one.number_key) found
  JOIN account a ON a.account_id = found.account_id
 CROSS JOIN LATERAL account_state_on(a.account_id, :today) state
  JOIN premises p ON p.premises_id = state.premises_id
  JOIN house h ON h.house_id = p.house_id
 WHERE one.application_id = :application_id
 ORDER BY a.number
 LIMIT 10
