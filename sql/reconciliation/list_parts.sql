-- What the payer was shown the money would go to.
SELECT CAST(kind AS text) AS kind, month, amount
  FROM order_part
 WHERE order_id = :order_id
 ORDER BY place
