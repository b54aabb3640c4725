-- The codes of an application that is not asked any more.
DELETE FROM recovery_code WHERE subscriber_id = :subscriber_id
