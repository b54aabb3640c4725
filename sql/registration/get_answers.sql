-- The answers of an application, to be compared with the books.
SELECT applicant, standing, address, account, number_key, email, last_name, first_name, middle_name,
       organization, inn, phone, document_type, document_number, document_date
  FROM application
 WHERE application_id = :application_id AND wiped_at IS NULL
