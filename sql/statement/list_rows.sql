-- The statement of one account and kind: a row per month and service, per month, and the total.
-- Every month has its row, moved or not; identities of contract §4, all sums in kopecks.
-- Everything is read from the index entry_statement; :hidden_before is the new owner's first month.
WITH moved AS MATERIALIZED (
    SELECT service_id, period,
           sum(amount) FILTER (WHERE op = 'opening') AS opened,
           sum(amount) FILTER (WHERE op = 'charge') AS charged,
           sum(amount) FILTER (WHERE op IN ('recalculation', 'act')) AS recalculated,
           sum(amount) FILTER (WHERE op = 'act') AS acts,
           sum(amount) FILTER (WHERE op = 'payment') AS paid,
           sum(amount) FILTER (WHERE op = 'correction') AS corrected,
           sum(amount) FILTER (WHERE op = 'write_off') AS written_off,
           sum(CASE WHEN op IN ('payment', 'write_off') THEN -amount ELSE amount END) AS change
      FROM entry
     WHERE account_id = :account_id AND kind = CAST(:kind AS debt_kind)
     GROUP BY service_id, period
),
-- the account's first month by either kind: the statement of both begins there
started AS (
    SELECT CASE WHEN min(first.period) IS NOT NULL
                THEN greatest(min(first.period), CAST(:hidden_before AS date)) END AS since
      FROM unnest(enum_range(NULL::debt_kind)) AS each (kind)
     CROSS JOIN LATERAL (
           SELECT period FROM entry
            WHERE account_id = :account_id AND kind = each.kind
            ORDER BY period LIMIT 1) first
),
month AS (
    SELECT CAST(generate_series(greatest(since, CAST(:first AS date)), CAST(:last AS date),
                                interval '1 month') AS date) AS period
      FROM started
     WHERE since IS NOT NULL
),
carried AS (
    SELECT service_id,
           coalesce(sum(change) FILTER (
               WHERE period < (SELECT min(period) FROM month)), 0) AS balance
      FROM moved
     GROUP BY service_id
),
numbers AS (
    SELECT month.period, carried.service_id, opened, charged, recalculated, acts, paid, corrected,
           written_off, coalesce(change, 0) - coalesce(opened, 0) AS movement,
           carried.balance + coalesce(sum(change) OVER (
               PARTITION BY carried.service_id ORDER BY month.period), 0) AS closing
      FROM month
      LEFT JOIN carried ON true
      LEFT JOIN moved USING (service_id, period)
)
SELECT numbers.period,
       service.name AS service,
       CAST(coalesce(CASE WHEN grouping(numbers.period) = 0
                          THEN sum(closing - movement)
                          ELSE sum(closing - movement) FILTER (
                               WHERE numbers.period = (SELECT min(period) FROM month)) END, 0)
            AS bigint) AS opening,
       CAST(coalesce(sum(charged), 0) AS bigint) AS charged,
       CAST(coalesce(sum(recalculated), 0) AS bigint) AS recalculated,
       CAST(coalesce(sum(acts), 0) AS bigint) AS acts,
       CAST(coalesce(sum(charged), 0) + coalesce(sum(recalculated), 0) AS bigint) AS actual,
       CAST(coalesce(sum(paid), 0) AS bigint) AS paid,
       CAST(coalesce(sum(corrected), 0) AS bigint) AS corrected,
       CAST(coalesce(sum(written_off), 0) AS bigint) AS written_off,
       CAST(coalesce(CASE WHEN grouping(numbers.period) = 0
                          THEN sum(closing)
                          ELSE sum(closing) FILTER (
                               WHERE numbers.period = (SELECT max(period) FROM month)) END, 0)
            AS bigint) AS closing,
       (SELECT since FROM started) AS since
  FROM numbers
  LEFT JOIN service USING (service_id)
 GROUP BY GROUPING SETS ((numbers.period, service.name), (numbers.period), ())
HAVING grouping(service.name) = 1 OR service.name IS NOT NULL
 ORDER BY grouping(numbers.period), numbers.period, grouping(service.name) DESC,
          translate(lower(service.name), 'ё', 'е') COLLATE "C", service.name
