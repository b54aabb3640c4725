-- A person has found whose money it is; its entries follow.
WITH given AS (
    UPDATE payment SET account_id = :account_id WHERE payment_id = :payment_id
    RETURNING payment_id
)
INSERT INTO payment_found (payment_id, staff_id) SELECT payment_id, :staff_id FROM given
