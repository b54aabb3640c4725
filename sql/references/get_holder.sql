-- Whose account a reference is about and for what premises, as of today; nothing once it is not open
-- to the subscriber any more.
SELECT a.number, state.closed_on, state.els, state.area, state.share_numerator,
       state.share_denominator, state.owner_kind, state.last_name, state.first_name,
       state.middle_name, state.organization,
       state.owner_key, h.address, p.kind AS premises_kind, p.number AS premises,
       coalesce(h.fund_method = 'special_other', false) AS is_elsewhere
  FROM accounts_open_to(:subscriber_id) link
  JOIN account a USING (account_id)
 CROSS JOIN LATERAL account_state_on(a.account_id, :today) state
  JOIN premises p ON p.premises_id = state.premises_id
  JOIN house h ON h.house_id = p.house_id
 WHERE a.account_id = :account_id
   AND state.owner_key = link.owner_key
