-- Letters were taken: as many slots of their domain, or of all domains, are used up.
INSERT INTO mail_pace AS pace (domain, next_at)
SELECT used.domain, mail_slot(before.next_at, statement_timestamp(), slot, CAST(:burst AS integer))
                    + used.count * slot
  FROM unnest(CAST(:domains AS text[]), CAST(:counts AS integer[])) used (domain, count)
  CROSS JOIN (SELECT CAST(:slot AS double precision) * interval '1 second') terms (slot)
  LEFT JOIN mail_pace before ON before.domain = used.domain
-- the sender holds the lock, so what was before is what is now
ON CONFLICT (domain) DO UPDATE SET next_at = excluded.next_at
