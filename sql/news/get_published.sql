-- One article, if it is for this reader and its time has come.
SELECT a.article_id, a.title, a.body, a.published_at, a.is_pinned, a.town,
       coalesce(h.address, '') AS house, 1 AS total
  FROM article a
  LEFT JOIN house h ON h.house_id = a.house_id
 WHERE a.article_id = :article_id
   AND a.published_at <= :now
   AND (a.town = '' OR EXISTS (SELECT FROM house his
                                WHERE his.house_id = ANY(CAST(:houses AS integer[]))
                                  AND starts_with(his.address, a.town)))
   AND (a.house_id IS NULL OR a.house_id = ANY(CAST(:houses AS integer[])))
