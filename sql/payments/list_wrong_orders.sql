-- verify-books: orders that are paid without a payment, and payments of orders that are not.
SELECT 'заказ ' || o.order_id AS what,
       CAST(o.state AS text) AS detail,
       CASE WHEN o.state IN ('paid', 'refunded_part', 'refunded') THEN o.principal + o.penalty
            ELSE 0 END AS kept,
       coalesce(paid.amount, 0) AS counted
  FROM payment_order o
  LEFT JOIN (SELECT order_id, CAST(sum(principal + penalty) AS bigint) AS amount
               FROM payment
              WHERE order_id IS NOT NULL AND withdrawn_by IS NULL
              GROUP BY order_id) paid ON paid.order_id = o.order_id
 WHERE (o.state IN ('paid', 'refunded_part', 'refunded')) <> (paid.order_id IS NOT NULL)
 ORDER BY o.order_id
