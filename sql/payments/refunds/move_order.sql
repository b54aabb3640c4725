-- An order of which some or all money is back.
UPDATE payment_order
   SET state = CASE WHEN (SELECT sum(principal + penalty) FROM payment
                           WHERE order_id = :order_id AND withdrawn_by IS NULL) > 0
                    THEN CAST('refunded_part' AS order_state) ELSE 'refunded' END
 WHERE order_id = :order_id AND state IN ('paid', 'refunded_part')
