-- What a receipt says of its house: collected of what was charged, the fund, the nearest work.
SELECT h.house_id, money.charged, money.paid, h.spent, work.kind AS work, work.planned_year
  FROM house h
 CROSS JOIN LATERAL (
       SELECT CAST(coalesce(sum(charged), 0) AS bigint) AS charged,
              CAST(coalesce(sum(paid), 0) AS bigint) AS paid
         FROM house_year
        WHERE house_id = h.house_id) money
  LEFT JOIN LATERAL (
       SELECT kind, planned_year FROM work
        WHERE house_id = h.house_id AND status <> 'done' AND planned_year IS NOT NULL
        ORDER BY planned_year, position LIMIT 1) work ON true
 WHERE h.house_id = ANY(CAST(:house_ids AS integer[]))
