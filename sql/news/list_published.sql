-- News for a reader: those for all, and those of the towns and houses of his accounts.
SELECT a.article_id, a.title, a.body, a.published_at, a.is_pinned, a.town,
       coalesce(h.address, '') AS house, count(*) OVER () AS total
  FROM article a
  LEFT JOIN house h ON h.house_id = a.house_id
 WHERE a.published_at <= :now
   AND (a.town = '' OR EXISTS (SELECT FROM house his
                                WHERE his.house_id = ANY(CAST(:houses AS integer[]))
                                  AND starts_with(his.address, a.town)))
   AND (a.house_id IS NULL OR a.house_id = ANY(CAST(:houses AS integer[])))
 ORDER BY a.is_pinned DESC, a.published_at DESC, a.article_id DESC
 LIMIT :most OFFSET :skipped
