-- Set the openings of this batch apart; one that waits already, equal to it, is no other.
WITH opening AS (
    DELETE FROM stage_entries WHERE op = 'opening' RETURNING *
)
INSERT INTO waiting_openings
SELECT *
  FROM opening
 WHERE NOT EXISTS (
       SELECT 1 FROM waiting_openings same
        WHERE same.entry_id = opening.entry_id
          AND (same.account, same.period, same.service, same.kind, same.amount, same.posted_on,
               same.for_period, same.document, same.bank_ref, same.details)
              IS NOT DISTINCT FROM
              (opening.account, opening.period, opening.service, opening.kind, opening.amount,
               opening.posted_on, opening.for_period, opening.document, opening.bank_ref,
               opening.details))
