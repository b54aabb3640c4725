-- Who did what, newest first; of one employee, of one subject, or of everything.
SELECT j.journal_id, j.at, coalesce(e.login, '') AS login, coalesce(e.name, '') AS name,
       j.action, j.subject_kind, j.subject, j.details, j.address
  FROM staff_journal j
  LEFT JOIN staff e ON e.staff_id = j.staff_id
 WHERE (CAST(:login AS text) = '' OR lower(e.login) = lower(:login))
   AND (CAST(:subject AS text) = '' OR j.subject = :subject)
   AND (CAST(:before AS bigint) = 0 OR j.journal_id < :before)
 ORDER BY j.journal_id DESC
 LIMIT :most
