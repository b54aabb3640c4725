-- The login is deleted: what its owner told when he registered is forgotten, undecided ones end.
WITH wiped AS (
    UPDATE application
       SET address = NULL, account = NULL, number_key = NULL, email = NULL, last_name = NULL,
           first_name = NULL, middle_name = NULL, organization = NULL, inn = NULL, phone = NULL,
           document_type = NULL, document_number = NULL, document_date = NULL, sent_from = NULL,
           answers_hash = NULL, account_id = NULL, reason = NULL, wiped_at = :now,
           state = CASE WHEN state IN ('approved', 'refused') THEN state ELSE 'expired' END
     WHERE lower(email) = lower(:email) AND confirmed_at IS NOT NULL
    RETURNING application_id)
INSERT INTO application_event (application_id, at, what)
SELECT application_id, :now, 'wiped' FROM wiped
