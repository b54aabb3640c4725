-- «Отказаться от доступа»: whoever of the account's owners has opened it to him.
DELETE FROM account_share WHERE relative_id = :relative_id AND account_id = :account_id
