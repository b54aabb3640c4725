-- verify-books: refunds that are done without a negative payment of their sum, or have one undone.
SELECT concat('возврат № ', r.refund_id) AS what,
       CAST(r.state AS text) AS detail,
       CASE WHEN r.state = 'done' THEN -(r.principal + r.penalty) ELSE 0 END AS kept,
       coalesce(p.principal + p.penalty, 0) AS counted
  FROM refund r
  LEFT JOIN payment p ON p.refund_id = r.refund_id AND p.withdrawn_by IS NULL
 WHERE CASE WHEN r.state = 'done' THEN -(r.principal + r.penalty) ELSE 0 END
       <> coalesce(p.principal + p.penalty, 0)
 ORDER BY r.refund_id
