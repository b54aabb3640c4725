-- One article as its editor left it.
SELECT a.article_id, a.title, a.body, a.published_at, a.is_pinned, a.town,
       coalesce(h.address, '') AS house, a.version
  FROM article a
  LEFT JOIN house h ON h.house_id = a.house_id
 WHERE a.article_id = :article_id
