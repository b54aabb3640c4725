-- What a receipt explains: the month's operations save the contribution itself.
-- The number of rows an account may add is bounded: a sheet holds a dozen, and tells of the rest.
SELECT account_id, kind, op, amount, posted_on, document, details, for_period, more
  FROM (SELECT account_id, kind, op, amount, posted_on, document, details, for_period,
               count(*) OVER account AS more,
               row_number() OVER (account ORDER BY kind, posted_on, entry_id COLLATE "C") AS place
          FROM entry
         WHERE account_id = ANY(CAST(:account_ids AS integer[]))
           AND kind = ANY(enum_range(NULL::debt_kind))
           AND period = :period
           AND op <> 'opening'
           AND NOT (op = 'charge' AND kind = 'principal')
        WINDOW account AS (PARTITION BY account_id)) numbered
 WHERE place <= :most
 ORDER BY account_id, place
