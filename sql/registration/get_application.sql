-- One application on one screen: what was told, how far it is, and the account as it is today.
SELECT one.application_id,
       one.state,
       one.made_at,
       one.confirmed_at,
       one.consent_at,
       one.consent_version,
       one.sent_from,
       one.taken_by,
       taker.name AS taken_by_name,
       one.taken_at,
       one.decided_by,
       decider.name AS decided_by_name,
       one.decided_at,
       one.reason,
       one.wiped_at,
       one.applicant,
       one.standing,
       one.address,
       one.account,
       one.email,
       one.last_name,
       one.first_name,
       one.middle_name,
       one.organization,
       one.inn,
       one.phone,
       one.document_type,
       one.document_number,
       one.document_date,
       one.account_id,
       a.number AS our_number,
       h.address AS our_house,
       p.kind AS our_premises_kind,
       p.number AS our_premises,
       state.owner_kind AS our_owner_kind,
       state.last_name AS our_last_name,
       state.first_name AS our_first_name,
       state.middle_name AS our_middle_name,
       state.organization AS our_organization,
       state.inn AS our_inn,
       state.owner_since AS our_owner_since,
       state.share_numerator AS our_share_numerator,
       state.share_denominator AS our_share_denominator,
       state.opened_on AS our_opened_on,
       state.closed_on AS our_closed_on
  FROM application one
  LEFT JOIN staff taker ON taker.staff_id = one.taken_by
  LEFT JOIN staff decider ON decider.staff_id = one.decided_by
  LEFT JOIN account a ON a.account_id = one.account_id
  LEFT JOIN LATERAL account_state_on(one.account_id, :today) state ON true
  LEFT JOIN premises p ON p.premises_id = state.premises_id
  LEFT JOIN house h ON h.house_id = p.house_id
 WHERE one.application_id = :application_id
