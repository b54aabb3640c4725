-- What the subscriber told when he registered: of his address, once he has confirmed that it is his.
SELECT made_at,
       CAST(state AS text) AS state,
       address,
       account,
       email,
       last_name,
       first_name,
       middle_name,
       organization,
       inn,
       phone,
       CAST(document_type AS text) AS document_type,
       document_number,
       document_date,
       sent_from,
       consent_at,
       consent_version,
       reason
  FROM application
 WHERE lower(email) = lower(:email) AND confirmed_at IS NOT NULL
 ORDER BY application_id DESC
 LIMIT :most
