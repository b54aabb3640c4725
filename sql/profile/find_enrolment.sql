-- The secret that waits for its first code.
SELECT sealed FROM totp_enrolment WHERE subscriber_id = :subscriber_id AND expires_at > :now
