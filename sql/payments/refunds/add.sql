-- A refund is asked for; the same form twice asks once.
INSERT INTO refund (payment_id, principal, penalty, why, form, asked_by)
VALUES (:payment_id, :principal, :penalty, :why, :form, :asked_by)
    ON CONFLICT (form) DO NOTHING
RETURNING refund_id
