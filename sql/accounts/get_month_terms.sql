-- What a month's contribution is counted from, as it stood on the month's last day: «Почему столько».
-- `changes`: how many times the area, the share or the rate changed inside the month.
SELECT h.fund_method,
       state.closed_on,
       state.area,
       state.share_numerator,
       state.share_denominator,
       state.valid_from AS state_since,
       coalesce(tariff.rate, h.rate) AS rate,
       tariff.valid_from AS rate_since,
       following.valid_from AS rate_until,
       (SELECT count(*) FROM account_state inside
         WHERE inside.account_id = a.account_id
           AND inside.valid_from > :first_day AND inside.valid_from <= :last_day)
       + (SELECT count(*) FROM tariff inside
           WHERE inside.house_id = p.house_id
             AND inside.valid_from > :first_day AND inside.valid_from <= :last_day) AS changes
  FROM account a
 CROSS JOIN LATERAL account_state_on(a.account_id, :last_day) state
  JOIN premises p ON p.premises_id = state.premises_id
  JOIN house h ON h.house_id = p.house_id
  LEFT JOIN LATERAL (
       SELECT rate, valid_from FROM tariff
        WHERE house_id = p.house_id AND valid_from <= :last_day
        ORDER BY valid_from DESC LIMIT 1) tariff ON true
  LEFT JOIN LATERAL (
       SELECT valid_from FROM tariff
        WHERE house_id = p.house_id AND valid_from > :last_day
        ORDER BY valid_from LIMIT 1) following ON true
 WHERE a.account_id = :account_id
