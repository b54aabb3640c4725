-- depends: 0023_odd_messages
-- The desk finds payments, messages, logins and lines of the journal by what a person has in hand,
-- however many years are kept.
CREATE INDEX payment_rrn ON payment (rrn) WHERE rrn IS NOT NULL;
CREATE INDEX payment_auth_code ON payment (auth_code) WHERE auth_code IS NOT NULL;
CREATE INDEX payment_order_bank_payment ON payment_order (bank_payment_id)
    WHERE bank_payment_id IS NOT NULL;
CREATE INDEX bank_message_trx_id ON bank_message (trx_id);
DROP INDEX staff_journal_subject;
CREATE INDEX staff_journal_subject ON staff_journal (subject, journal_id);
CREATE INDEX subscriber_email_begins ON subscriber (lower(email) text_pattern_ops);
