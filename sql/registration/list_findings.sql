-- What of an application agrees with the books.
SELECT what, position, verdict, words
  FROM application_finding
 WHERE application_id = :application_id
 ORDER BY position
