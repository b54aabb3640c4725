-- «Завершить»: one browser of the same login, named as the list names it.
DELETE FROM login_session
 WHERE subscriber_id = :subscriber_id
   AND left(encode(token_hash, 'hex'), 16) = :handle
