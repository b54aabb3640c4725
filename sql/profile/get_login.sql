-- Настройки: the login as its reader sees it; a new address counts until its link dies.
SELECT s.subscriber_id,
       s.email,
       s.created_at,
       s.password_changed_at,
       s.totp_secret IS NOT NULL AS has_code,
       (SELECT count(*) FROM recovery_code code
         WHERE code.subscriber_id = s.subscriber_id) AS codes_left,
       (SELECT count(*) FROM login_session session
         WHERE session.subscriber_id = s.subscriber_id
           AND session.seen_at > :idle_since
           AND session.created_at > :begun_since) AS devices,
       change.new_email,
       EXISTS (SELECT FROM email_refused refused
                WHERE refused.email = lower(s.email)) AS is_refused
  FROM subscriber s
  LEFT JOIN email_change change
    ON change.subscriber_id = s.subscriber_id AND change.expires_at > :now
 WHERE s.subscriber_id = :subscriber_id
