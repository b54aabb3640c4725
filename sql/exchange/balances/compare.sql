-- Where the billing system's closing balance is not ours; sums in kopecks.
SELECT s.account, to_char(s.period, 'YYYY-MM') AS period, CAST(s.kind AS text) AS kind,
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
 WHERE s.closing <> ours.closing
 ORDER BY s.account, s.period, s.kind
