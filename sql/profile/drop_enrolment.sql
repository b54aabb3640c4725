-- Set up, or given up.
DELETE FROM totp_enrolment WHERE subscriber_id = :subscriber_id
