-- What a receipt explains: the month's operations save the contribution itself.
-- A payment taken here and its storno, which stand for nothing once billing has sent its own
-- entries, are no operations.
-- The number of rows an account may add is bounded: a sheet holds a dozen, and tells of the rest.
SELECT account_id, kind, op, amount, posted_on, document, details, for_period, more
  FROM (SELECT account_id, kind, op, amount, posted_on, document, details, for_period,
               count(*) OVER account AS more,
               row_number() OVER (account ORDER BY kind, posted_on, entry_id COLLATE "C") AS place
          FROM entry e
         WHERE account_id = ANY(CAST(:account_ids AS integer[]))
           AND kind = ANY(enum_range(NULL::debt_kind))
           AND period = :period
           AND op <> 'opening'
           AND NOT (op = 'charge' AND kind = 'principal')
           AND NOT (e.load_id = 0
                    AND EXISTS (SELECT 1 FROM payment_link link
                                 WHERE link.payment_id
                                       = CAST(substring(e.entry_id FROM '^portal:([0-9]+):') AS bigint)))
        WINDOW account AS (PARTITION BY account_id)) numbered
 WHERE place <= :most
 ORDER BY account_id, place
