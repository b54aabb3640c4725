-- Addresses that take no letters, the latest first, with whoever has them.
SELECT refused.email, refused.answer, refused.refused_at, s.subscriber_id
  FROM email_refused refused
  LEFT JOIN subscriber s ON lower(s.email) = refused.email AND s.deleted_at IS NULL
 WHERE starts_with(refused.email, lower(:said))
 ORDER BY refused.refused_at DESC, refused.email
 LIMIT :most
