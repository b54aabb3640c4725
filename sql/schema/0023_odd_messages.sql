-- depends: 0022_cancelled
-- Messages of banks that a person must look at are few among all that are kept for ever.
CREATE INDEX bank_message_odd ON bank_message (message_id)
    WHERE verdict IN ('other_sum', 'second', 'senseless');
