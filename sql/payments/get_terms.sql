-- What an account owes today and on what terms its house is paid for: its own requisites, if any.
SELECT a.number,
       state.closed_on,
       h.fund_method,
       coalesce(principal.balance + principal.in_transit, 0) AS principal,
       coalesce(penalty.balance + penalty.in_transit, 0) AS penalty,
       payee.payee_name, payee.inn, payee.kpp, payee.payee_account, payee.penalty_account,
       payee.bank_name, payee.bic, payee.corr_account, payee.gpb_account_id
  FROM account a
 CROSS JOIN LATERAL account_state_on(a.account_id, :today) state
  JOIN premises p ON p.premises_id = state.premises_id
  JOIN house h ON h.house_id = p.house_id
  LEFT JOIN account_balance principal
    ON principal.account_id = a.account_id AND principal.kind = 'principal'
  LEFT JOIN account_balance penalty
    ON penalty.account_id = a.account_id AND penalty.kind = 'penalty'
  LEFT JOIN LATERAL house_payee_on(p.house_id, :today) payee ON true
 WHERE a.account_id = :account_id
