-- What the reader's password is checked by.
SELECT password_hash FROM subscriber WHERE subscriber_id = :subscriber_id
