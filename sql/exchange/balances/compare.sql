-- Keep where the billing system's closing balance is not ours, and where it is ours again; those
-- that differ are told. Kopecks.
WITH compared AS (
    SELECT s.line, s.account, a.account_id, s.period, s.kind,
           concat_ws('/', a.account_id, s.period, s.kind) AS thing,
           s.closing AS theirs, ours.closing AS ours
      FROM stage_balances s
      JOIN account a ON a.number = s.account
     CROSS JOIN LATERAL (
           SELECT CAST(coalesce(sum(CASE WHEN op IN ('payment', 'write_off')
                                         THEN -amount ELSE amount END), 0) AS bigint) AS closing
             FROM entry
            WHERE account_id = a.account_id AND kind = s.kind AND period <= s.period
              -- what is in transit the billing system does not know yet
              AND load_id > 0) ours
),
kept AS (
    INSERT INTO difference (load_id, kind, file, line, thing, account_id, period, debt, ours,
                            theirs)
    SELECT CAST(:load_id AS integer), 'balance', CAST(:file AS text), line, thing, account_id,
           period, kind, ours, theirs
      FROM compared c
     WHERE c.ours <> c.theirs
        OR EXISTS (SELECT 1 FROM difference earlier WHERE earlier.thing = c.thing)
     ORDER BY line
    RETURNING thing
)
SELECT c.account, to_char(c.period, 'YYYY-MM') AS period, CAST(c.kind AS text) AS kind,
       c.theirs, c.ours
  FROM kept
  JOIN compared c USING (thing)
 WHERE c.ours <> c.theirs
 ORDER BY c.account, c.period, c.kind
