-- depends: 0021_billed
-- An order that its payer has cancelled at the bank is asked about like a refused one: he may have
-- gone back and paid, and the bank's word of it may be lost.
DROP INDEX payment_order_unanswered;
CREATE INDEX payment_order_unanswered ON payment_order (created_at)
    WHERE state IN ('created', 'checked', 'failed', 'cancelled', 'expired');
