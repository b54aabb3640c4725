-- Расширенная: the operations behind the numbers; an opening is not an operation (contract §4).
-- What was posted before the new owner's first day keeps its sum, not its words: they may name.
-- An entry of a payment taken here is provisional until billing sends its own: then it and its
-- storno, which add up to nothing, are left out. It is in transit until a registry tells of it.
SELECT e.period,
       service.name AS service,
       e.op,
       e.posted_on,
       CASE WHEN e.posted_on >= own.since THEN e.document END AS document,
       e.for_period,
       e.amount,
       CASE WHEN e.posted_on >= own.since THEN e.details END AS details,
       e.load_id = 0
       AND NOT EXISTS (
           SELECT 1 FROM payment p
            WHERE p.payment_id = CAST(substring(e.entry_id FROM '^portal:([0-9]+):') AS bigint)
              AND (p.load_id IS NOT NULL
                   OR EXISTS (SELECT 1 FROM payment_match known
                               WHERE known.payment_id = p.payment_id))) AS is_in_transit
  FROM entry e
 CROSS JOIN (SELECT coalesce(CAST(:owner_since AS date), '-infinity') AS since) own
  JOIN service USING (service_id)
 WHERE e.account_id = :account_id
   AND e.kind = CAST(:kind AS debt_kind)
   AND e.period BETWEEN CAST(:first AS date) AND CAST(:last AS date)
   AND e.op <> 'opening'
   AND NOT (e.load_id = 0
            AND EXISTS (SELECT 1 FROM payment_link link
                         WHERE link.payment_id
                               = CAST(substring(e.entry_id FROM '^portal:([0-9]+):') AS bigint)))
 ORDER BY e.period, translate(lower(service.name), 'ё', 'е') COLLATE "C", service.name,
          e.posted_on, e.entry_id COLLATE "C"
 LIMIT :most
