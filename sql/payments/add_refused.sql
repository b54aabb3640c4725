-- A message we did not believe; a flood of them leaves the newest. One that names a payment of an
-- order nobody knows is to be asked about.
WITH old AS (
    DELETE FROM refused_message
     WHERE message_id <= (SELECT max(message_id) FROM refused_message) - :most
)
INSERT INTO refused_message (bank, kind, address, raw, reason, ask_after)
VALUES (CAST(:bank AS bank), :message_kind, :address, :raw, :reason,
        CASE WHEN CAST(:is_to_ask AS boolean) THEN now() END)
