-- A message we did not believe; a flood of them leaves the newest.
WITH old AS (
    DELETE FROM refused_message
     WHERE message_id <= (SELECT max(message_id) FROM refused_message) - :most
)
INSERT INTO refused_message (bank, kind, address, raw, reason)
VALUES (CAST(:bank AS bank), :message_kind, :address, :raw, :reason)
