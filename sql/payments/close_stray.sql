-- The bank has answered about this message: there is nothing to ask any more.
UPDATE refused_message SET ask_after = NULL WHERE message_id = :message_id
