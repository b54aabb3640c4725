-- The refund that a form has asked for before.
SELECT refund_id FROM refund WHERE form = :form
