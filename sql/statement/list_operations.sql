-- Расширенная: the operations behind the numbers; an opening is not an operation (contract §4).
-- What was posted before the new owner's first day keeps its sum, not its words.
SELECT e.period,
       service.name AS service,
       e.op,
       e.posted_on,
       e.document,
       e.for_period,
       e.amount,
       CASE WHEN e.posted_on >= coalesce(CAST(:owner_since AS date), '-infinity')
            THEN e.details END AS details
  FROM entry e
  JOIN service USING (service_id)
 WHERE e.account_id = :account_id
   AND e.kind = CAST(:kind AS debt_kind)
   AND e.period BETWEEN CAST(:first AS date) AND CAST(:last AS date)
   AND e.op <> 'opening'
 ORDER BY e.period, translate(lower(service.name), 'ё', 'е') COLLATE "C", service.name,
          e.posted_on, e.entry_id COLLATE "C"
 LIMIT :most
