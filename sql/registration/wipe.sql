-- `tidy`: what was refused or never confirmed keeps no names, no papers, no addresses; nor does
-- what was approved once its e-mail has no login any more.
WITH wiped AS (
     UPDATE application
        SET wiped_at = :now,
            address = NULL, account = NULL, number_key = NULL, email = NULL, last_name = NULL,
            first_name = NULL, middle_name = NULL, organization = NULL, inn = NULL, phone = NULL,
            document_type = NULL, document_number = NULL, document_date = NULL, sent_from = NULL,
            answers_hash = NULL, account_id = NULL, reason = NULL
      WHERE wiped_at IS NULL
        AND (state IN ('refused', 'expired')
             OR (state = 'approved'
                 AND NOT EXISTS (SELECT FROM subscriber s
                                  WHERE lower(s.email) = lower(application.email))))
        AND coalesce(decided_at, token_until) <= :ended_before
  RETURNING application_id)
INSERT INTO application_event (application_id, at, what)
SELECT application_id, :now, 'wiped' FROM wiped
