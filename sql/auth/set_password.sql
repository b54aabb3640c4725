-- A new password; browsers known by the earlier one are strangers again.
UPDATE subscriber SET password_hash = :password_hash, password_changed_at = :now
 WHERE subscriber_id = :subscriber_id
