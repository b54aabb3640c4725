-- Who is reading: the accounts this session may see today, the current one marked.
-- A link, or what a relative has opened, counts only while the owner of today is the one it was made
-- for.
SELECT s.subscriber_id,
       s.seen_at,
       a.account_id = s.account_id AS is_current,
       a.account_id,
       a.number,
       p.house_id,
       h.address,
       p.kind AS premises_kind,
       p.number AS premises,
       state.owner_since,
       coalesce(principal.balance + principal.in_transit, 0) AS principal,
       coalesce(penalty.balance + penalty.in_transit, 0) AS penalty,
       s.is_limited,
       link.may,
       CASE WHEN link.may IS NOT NULL THEN owner_in_short(state) END AS given_by,
       link.visited_at
  FROM login_session s
  JOIN subscriber ON subscriber.subscriber_id = s.subscriber_id
 CROSS JOIN LATERAL accounts_open_to(s.subscriber_id) link
  JOIN account a ON a.account_id = link.account_id
 CROSS JOIN LATERAL account_state_on(a.account_id, :today) state
  JOIN premises p ON p.premises_id = state.premises_id
  JOIN house h ON h.house_id = p.house_id
  LEFT JOIN account_balance principal
    ON principal.account_id = a.account_id AND principal.kind = 'principal'
  LEFT JOIN account_balance penalty
    ON penalty.account_id = a.account_id AND penalty.kind = 'penalty'
 WHERE s.token_hash = :token_hash
   AND s.seen_at > :idle_since
   AND s.created_at > :begun_since
   AND (NOT s.is_limited OR s.created_at > :limited_since)
   AND subscriber.blocked_at IS NULL
   AND state.owner_key = link.owner_key
 ORDER BY a.number
