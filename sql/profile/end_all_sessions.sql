-- «Выйти везде»: no browser is logged in any more.
DELETE FROM login_session WHERE subscriber_id = :subscriber_id
