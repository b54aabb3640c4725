-- An order as the accountant sees it: by its own name or by a payment of it.
SELECT o.order_id, a.number AS account, CAST(o.bank AS text) AS bank,
       CAST(o.state AS text) AS state, o.principal, o.penalty, o.fee, o.created_at, o.expires_at,
       o.sent_at, o.bank_payment_id, o.reason, o.subscriber_id IS NULL AS is_guest
  FROM payment_order o
  JOIN account a USING (account_id)
 WHERE o.order_id = coalesce(CAST(:order_id AS text),
                             (SELECT one.order_id FROM payment one
                               WHERE one.payment_id = CAST(:payment_id AS bigint)))
