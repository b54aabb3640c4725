-- One month of many accounts by kind, all services together: the numbers of the statement's row.
-- Read from the index entry_statement alone.
SELECT account_id,
       kind,
       CAST(coalesce(sum(change) FILTER (WHERE period < :period OR op = 'opening'), 0) AS bigint)
           AS opening,
       CAST(coalesce(sum(amount) FILTER (WHERE period = :period AND op = 'charge'), 0) AS bigint)
           AS charged,
       CAST(coalesce(sum(amount) FILTER (
           WHERE period = :period AND op IN ('recalculation', 'act')), 0) AS bigint)
           AS recalculated,
       CAST(coalesce(sum(amount) FILTER (WHERE period = :period AND op = 'payment'), 0) AS bigint)
           AS paid,
       CAST(coalesce(sum(amount) FILTER (
           WHERE period = :period AND op = 'correction'), 0) AS bigint) AS corrected,
       CAST(coalesce(sum(amount) FILTER (
           WHERE period = :period AND op = 'write_off'), 0) AS bigint) AS written_off,
       CAST(sum(change) AS bigint) AS closing
  FROM (SELECT account_id, kind, period, op, amount,
               CASE WHEN op IN ('payment', 'write_off') THEN -amount ELSE amount END AS change
          FROM entry
         WHERE account_id = ANY(CAST(:account_ids AS integer[]))
           AND kind = ANY(enum_range(NULL::debt_kind))
           AND period <= :period) moved
 GROUP BY account_id, kind
