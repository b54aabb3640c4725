-- What the house was charged, has paid and owes, by kind.
SELECT k.kind,
       CAST(coalesce(sum(y.charged), 0) AS bigint) AS charged,
       CAST(coalesce(sum(y.paid), 0) AS bigint) AS paid,
       coalesce((SELECT debt FROM house_debt d
                  WHERE d.house_id = :house_id AND d.kind = k.kind), 0) AS debt
  FROM unnest(enum_range(NULL::debt_kind)) AS k (kind)
  LEFT JOIN house_year y ON y.kind = k.kind AND y.house_id = :house_id
 GROUP BY k.kind
 ORDER BY k.kind
