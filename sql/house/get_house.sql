-- The house and its money so far; charged is charges and recalculations, sums in kopecks.
SELECT h.address,
       h.year_built,
       h.floors,
       h.entrances,
       h.total_area,
       h.premises_area,
       h.fund_method,
       coalesce((SELECT rate FROM tariff
                  WHERE house_id = h.house_id AND valid_from <= :today
                  ORDER BY valid_from DESC LIMIT 1), h.rate) AS rate,
       h.spent,
       h.in_programme_since,
       (SELECT as_of FROM fund_total) AS as_of
  FROM house h
 WHERE h.house_id = :house_id
