-- What nobody has put right or settled, the newest first; the page is found before what it shows.
WITH shown AS (
    SELECT difference_id
      FROM open_difference
     WHERE CAST(:before AS bigint) = 0 OR difference_id < CAST(:before AS bigint)
     ORDER BY difference_id DESC
     LIMIT :most
)
SELECT d.difference_id, CAST(d.kind AS text) AS kind, d.load_id, d.file, d.line,
       l.started_at AS told_at, coalesce(a.number, '') AS account, coalesce(d.trx_id, '') AS trx_id,
       coalesce(CAST(d.source AS text), '') AS source, p.payment_id, p.paid_at, d.period,
       coalesce(CAST(d.debt AS text), '') AS debt, d.ours, d.theirs,
       CAST(NULL AS integer) AS undo_load_id, CAST(NULL AS integer) AS later_load_id,
       false AS is_settled, '' AS settled_by, '' AS why
  FROM shown
  JOIN difference d USING (difference_id)
  JOIN load l USING (load_id)
  LEFT JOIN payment p
    ON p.source = d.source AND p.trx_id = d.trx_id AND p.part = d.part
  LEFT JOIN account a ON a.account_id = coalesce(d.account_id, p.account_id)
 ORDER BY d.difference_id DESC
