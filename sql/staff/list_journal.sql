-- Who did what, newest first; of one employee, of one subject, or of everything.
SELECT j.journal_id, j.at, coalesce(e.login, '') AS login, coalesce(e.name, '') AS name,
       j.action, j.subject_kind, j.subject, j.details, j.address
  FROM staff_journal j
  LEFT JOIN staff e ON e.staff_id = j.staff_id
 WHERE (CAST(:login AS text) = ''
        OR j.staff_id = (SELECT one.staff_id FROM staff one WHERE lower(one.login) = lower(:login)))
   AND (CAST(:subject AS text) = '' OR j.subject = :subject)
   AND (CAST(:before AS bigint) = 0 OR j.journal_id < :before)
 -- one employee's lines are sorted: walking all of the journal back to somebody who left years ago,
 -- as the bare number invites to, would read it whole
 ORDER BY CASE WHEN CAST(:login AS text) <> '' THEN j.journal_id + 0 END DESC, j.journal_id DESC
 LIMIT :most
