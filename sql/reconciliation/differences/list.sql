-- What loads told otherwise than we have it, the newest first: one of them, those of a load, or those
-- that a person has settled.
SELECT d.difference_id, CAST(d.kind AS text) AS kind, d.load_id, d.file, d.line,
       l.started_at AS told_at, coalesce(a.number, '') AS account, coalesce(d.trx_id, '') AS trx_id,
       coalesce(CAST(d.source AS text), '') AS source, p.payment_id, p.paid_at, d.period,
       coalesce(CAST(d.debt AS text), '') AS debt, d.ours, d.theirs, u.undo_load_id,
       later.load_id AS later_load_id, coalesce(word.is_settled, false) AS is_settled,
       coalesce(word.name, '') AS settled_by, coalesce(word.why, '') AS why
  FROM difference d
  JOIN load l USING (load_id)
  LEFT JOIN load_undo u USING (load_id)
  LEFT JOIN payment p
    ON p.source = d.source AND p.trx_id = d.trx_id AND p.part = d.part
  LEFT JOIN account a ON a.account_id = coalesce(d.account_id, p.account_id)
  LEFT JOIN LATERAL (
       SELECT later.load_id
         FROM difference later
        WHERE later.thing = d.thing AND later.difference_id > d.difference_id
          AND NOT EXISTS (SELECT 1 FROM load_undo undone WHERE undone.load_id = later.load_id)
        ORDER BY later.difference_id DESC
        LIMIT 1) later ON true
  LEFT JOIN LATERAL (
       SELECT w.is_settled, w.why, s.name
         FROM difference said
         JOIN difference_word w USING (difference_id)
         JOIN staff s USING (staff_id)
        WHERE said.thing = d.thing AND said.ours = d.ours AND said.theirs = d.theirs
        ORDER BY w.word_id DESC
        LIMIT 1) word ON true
 WHERE d.ours <> d.theirs
   AND (CAST(:difference_id AS bigint) IS NULL
        OR d.difference_id = CAST(:difference_id AS bigint))
   AND (CAST(:load_id AS integer) IS NULL OR d.load_id = CAST(:load_id AS integer))
   AND (CAST(:before AS bigint) = 0 OR d.difference_id < CAST(:before AS bigint))
   AND (NOT CAST(:only_settled AS boolean)
        OR d.difference_id IN (SELECT difference_id FROM difference_word) AND word.is_settled)
 ORDER BY d.difference_id DESC
 LIMIT :most
