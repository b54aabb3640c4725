-- A login as the desk sees it; `letters_refused` is what the mail said of the address for good.
SELECT s.subscriber_id, s.email, s.email_confirmed_at, s.created_at, s.password_changed_at,
       s.password_hash IS NOT NULL AS has_password, s.totp_secret IS NOT NULL AS has_totp,
       s.blocked_at, s.deleted_at, o.expires_at AS one_time_until,
       coalesce(r.answer, '') AS letters_refused,
       (SELECT count(*) FROM login_session l WHERE l.subscriber_id = s.subscriber_id) AS sessions
  FROM subscriber s
  LEFT JOIN one_time_password o ON o.subscriber_id = s.subscriber_id
  LEFT JOIN email_refused r ON r.email = lower(s.email)
 WHERE s.subscriber_id = :subscriber_id
