-- Take an account out of the login, if another one that is his today remains.
DELETE FROM subscriber_account gone
 WHERE gone.subscriber_id = :subscriber_id
   AND gone.account_id = :account_id
   AND EXISTS (SELECT FROM subscriber_account other
                CROSS JOIN LATERAL account_state_on(other.account_id, :today) state
                WHERE other.subscriber_id = gone.subscriber_id
                  AND other.account_id <> gone.account_id
                  AND state.owner_key = other.owner_key)
