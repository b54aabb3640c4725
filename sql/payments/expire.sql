-- Orders nobody has paid in their time; money that comes all the same is booked.
UPDATE payment_order SET state = 'expired'
 WHERE state IN ('created', 'checked') AND expires_at < now()
