-- Accounts as they were at a month's end: owner, premises, rate and whom to pay, for receipts.
SELECT a.number, state.closed_on, state.els, state.area, state.share_numerator,
       state.share_denominator, state.owner_kind, state.last_name, state.first_name,
       state.middle_name, state.organization,
       state.owner_key, h.address, p.kind AS premises_kind, p.number AS premises,
       a.account_id,
       state.owner_since,
       started.since,
       state.service_code,
       p.house_id,
       h.fund_method,
       coalesce(tariff.rate, h.rate) AS rate,
       payee.payee_name, payee.inn, payee.kpp, payee.payee_account, payee.penalty_account,
       payee.bank_name, payee.bic, payee.corr_account
  FROM account a
 CROSS JOIN LATERAL account_state_on(a.account_id, :last_day) state
  JOIN premises p ON p.premises_id = state.premises_id
  JOIN house h ON h.house_id = p.house_id
 CROSS JOIN LATERAL (
       SELECT min(first.period) AS since
         FROM unnest(enum_range(NULL::debt_kind)) AS each (kind)
        CROSS JOIN LATERAL (
              SELECT period FROM entry
               WHERE account_id = a.account_id AND kind = each.kind
               ORDER BY period LIMIT 1) first) started
  LEFT JOIN LATERAL (
       SELECT rate FROM tariff
        WHERE house_id = p.house_id AND valid_from <= :last_day
        ORDER BY valid_from DESC LIMIT 1) tariff ON true
  LEFT JOIN LATERAL house_payee_on(p.house_id, :last_day) payee ON true
 WHERE a.account_id = ANY(CAST(:account_ids AS integer[]))
 ORDER BY a.account_id
