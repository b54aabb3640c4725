-- The bank is about to be asked: known even if we die meanwhile.
UPDATE refund SET state = 'sent', sent_at = now(), confirmed_by = :confirmed_by
 WHERE refund_id = :refund_id AND state = 'asked'
