-- What of an application agrees with the books now, instead of what did before.
INSERT INTO application_finding (application_id, what, position, verdict, words)
SELECT :application_id, f.what, f.position, CAST(f.verdict AS finding_verdict), f.words
  FROM unnest(CAST(:whats AS text[]), CAST(:positions AS smallint[]), CAST(:verdicts AS text[]),
              CAST(:words AS text[])) AS f (what, position, verdict, words)
    ON CONFLICT (application_id, what) DO UPDATE
   SET (position, verdict, words) = ROW (excluded.position, excluded.verdict, excluded.words)
