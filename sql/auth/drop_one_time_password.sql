-- A new password is set: one that is still on its way by letter opens nothing.
DELETE FROM one_time_password WHERE subscriber_id = :subscriber_id
