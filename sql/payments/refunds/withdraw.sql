-- Nobody wants the refund any more; the bank was not asked.
UPDATE refund SET state = 'withdrawn', settled_at = now(), reason = :reason
 WHERE refund_id = :refund_id AND state = 'asked'
