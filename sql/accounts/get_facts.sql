-- Информация: the account as it is today; the rate is the house's tariff of the day, or its own.
SELECT a.number, state.closed_on, state.els, state.area, state.share_numerator,
       state.share_denominator, state.owner_kind, state.last_name, state.first_name,
       state.middle_name, state.organization,
       state.opened_on,
       state.service_code,
       state.inn,
       h.fund_method,
       coalesce(tariff.rate, h.rate) AS rate,
       tariff.valid_from AS rate_since,
       tariff.previous AS rate_before
  FROM account a
 CROSS JOIN LATERAL account_state_on(a.account_id, :today) state
  JOIN house h ON h.house_id = a.house_id
  LEFT JOIN LATERAL (
       SELECT rate, valid_from, lead(rate) OVER (ORDER BY valid_from DESC) AS previous
         FROM tariff
        WHERE house_id = a.house_id AND valid_from <= :today
        ORDER BY valid_from DESC LIMIT 1) tariff ON true
 WHERE a.account_id = :account_id
