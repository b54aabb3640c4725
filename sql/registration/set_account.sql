-- Whose account the application is about.
UPDATE application SET account_id = :account_id WHERE application_id = :application_id
