-- Расширенная: the operations behind the numbers; an opening is not an operation (contract §4).
-- What was posted before the new owner's first day keeps its sum, not its words: they may name.
SELECT e.period,
       service.name AS service,
       e.op,
       e.posted_on,
       CASE WHEN e.posted_on >= own.since THEN e.document END AS document,
       e.for_period,
       e.amount,
       CASE WHEN e.posted_on >= own.since THEN e.details END AS details
  FROM entry e
 CROSS JOIN (SELECT coalesce(CAST(:owner_since AS date), '-infinity') AS since) own
  JOIN service USING (service_id)
 WHERE e.account_id = :account_id
   AND e.kind = CAST(:kind AS debt_kind)
   AND e.period BETWEEN CAST(:first AS date) AND CAST(:last AS date)
   AND e.op <> 'opening'
 ORDER BY e.period, translate(lower(service.name), 'ё', 'е') COLLATE "C", service.name,
          e.posted_on, e.entry_id COLLATE "C"
 LIMIT :most
