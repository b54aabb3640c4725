-- Since when each owner owns: neighbouring states of one owner are one ownership.
-- The first owner has no beginning: nobody was before him whose papers he must not see.
WITH touched AS (
    SELECT account_id FROM account WHERE number IN (SELECT number FROM stage_accounts)
),
marked AS (
    SELECT account_id, valid_from,
           owner_key IS DISTINCT FROM lag(owner_key) OVER states AS changes,
           row_number() OVER states AS nth
      FROM account_state
     WHERE account_id IN (SELECT account_id FROM touched)
    WINDOW states AS (PARTITION BY account_id ORDER BY valid_from)
),
since AS (
    SELECT account_id, valid_from,
           max(valid_from) FILTER (WHERE changes AND nth > 1) OVER (
               PARTITION BY account_id ORDER BY valid_from) AS owner_since
      FROM marked
)
UPDATE account_state state
   SET owner_since = since.owner_since
  FROM since
 WHERE state.account_id = since.account_id
   AND state.valid_from = since.valid_from
   AND state.owner_since IS DISTINCT FROM since.owner_since
