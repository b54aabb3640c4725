-- What became of a refund; an outcome that is not known is no settlement.
UPDATE refund
   SET state = CAST(:state AS refund_state), reason = :reason,
       settled_at = CASE WHEN :state = 'unknown' THEN NULL ELSE now() END
 WHERE refund_id = :refund_id
