-- A new order, and the months it was shown to pay.
WITH added AS (
    INSERT INTO payment_order (order_id, account_id, subscriber_id, bank, principal, penalty, fee,
                               service_id, bank_account, expires_at)
    VALUES (:order_id, :account_id, :subscriber_id, CAST(:bank AS bank), :principal, :penalty,
            :fee, :service_id, :bank_account, now() + make_interval(mins => :minutes))
    RETURNING order_id
)
INSERT INTO order_part (order_id, place, kind, month, amount)
SELECT added.order_id, part.place, part.kind, part.month, part.amount
  FROM added
 CROSS JOIN unnest(CAST(:kinds AS debt_kind[]), CAST(:months AS date[]),
                   CAST(:amounts AS bigint[])) WITH ORDINALITY AS part (kind, month, amount, place)
