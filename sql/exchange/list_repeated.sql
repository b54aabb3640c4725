-- Rows whose key this load has met before, in this batch or an earlier one; equal ones too.
SELECT s.line, s.digest = coalesce(known.digest, s.first_digest) AS is_equal
  FROM (SELECT line, key, digest,
               row_number() OVER same AS nth,
               first_value(digest) OVER same AS first_digest
          FROM stage_keys
        WINDOW same AS (PARTITION BY key ORDER BY line)) s
  LEFT JOIN load_keys known ON known.kind = :kind AND known.key = s.key
 WHERE known.key IS NOT NULL OR s.nth > 1
