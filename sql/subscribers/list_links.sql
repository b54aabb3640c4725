-- The accounts of a login; one whose owner has changed since opens nothing any more.
SELECT a.account_id, a.number, h.address, p.kind AS premises_kind, p.number AS premises,
       link.linked_on, state.owner_key = link.owner_key AS is_open
  FROM subscriber_account link
  JOIN account a ON a.account_id = link.account_id
 CROSS JOIN LATERAL account_state_on(a.account_id, :today) state
  JOIN premises p ON p.premises_id = state.premises_id
  JOIN house h ON h.house_id = p.house_id
 WHERE link.subscriber_id = :subscriber_id
 ORDER BY a.number
