-- A letter is queued once: a receipt that is queued already is not queued again.
INSERT INTO letter (message_id, name, recipient, subscriber_id, account_id, period, is_bulk, facts)
VALUES (:message_id, :name, :recipient, CAST(:subscriber_id AS integer),
        CAST(:account_id AS integer), CAST(:period AS date), :is_bulk, CAST(:facts AS bytea))
ON CONFLICT (name, account_id, period, subscriber_id) WHERE period IS NOT NULL DO NOTHING
