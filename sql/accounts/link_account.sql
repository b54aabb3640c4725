-- The subscriber may see the account while it has the owner it has today.
INSERT INTO subscriber_account (subscriber_id, account_id, owner_key, linked_on)
VALUES (:subscriber_id, :account_id, :owner_key, :today)
    ON CONFLICT (subscriber_id, account_id) DO UPDATE
   SET (owner_key, linked_on) = ROW (excluded.owner_key, excluded.linked_on)
