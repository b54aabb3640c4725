-- Refunds of some payments; without any, all that wait for somebody.
SELECT r.refund_id, r.payment_id, CAST(r.state AS text) AS state, r.principal, r.penalty, r.why,
       asker.name AS asked_by, r.asked_by AS asked_by_id, r.asked_at,
       coalesce(second.name, '') AS confirmed_by, r.sent_at, r.settled_at,
       coalesce(r.reason, '') AS reason, CAST(p.source AS text) AS source,
       coalesce(a.number, '') AS account
  FROM refund r
  JOIN staff asker ON asker.staff_id = r.asked_by
  LEFT JOIN staff second ON second.staff_id = r.confirmed_by
  JOIN payment p ON p.payment_id = r.payment_id
  LEFT JOIN account a ON a.account_id = p.account_id
 WHERE r.payment_id = ANY(CAST(:payment_ids AS bigint[]))
    OR (CAST(:payment_ids AS bigint[]) IS NULL AND r.state IN ('asked', 'sent', 'unknown'))
 ORDER BY r.refund_id DESC
 LIMIT :most
