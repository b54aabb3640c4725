-- An application as it was sent; its applicant has yet to confirm that the e-mail is his.
INSERT INTO application (
       made_at, applicant, standing, address, account, number_key, email,
       last_name, first_name, middle_name, organization, inn, phone,
       document_type, document_number, document_date,
       sent_from, consent_at, consent_version, answers_hash, token_hash, token_until)
VALUES (:now, :applicant, :standing, :address, :account, :number_key, :email,
       :last_name, :first_name, :middle_name, :organization, :inn, :phone,
       :document_type, :document_number, :document_date,
       :sent_from, :now, :consent_version, :answers_hash, :token_hash, :token_until)
RETURNING application_id
