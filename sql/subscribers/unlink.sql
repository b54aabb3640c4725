-- The login does not see this account any more.
DELETE FROM subscriber_account
 WHERE subscriber_id = :subscriber_id AND account_id = :account_id
