-- The editor's list: drafts first, then what waits for its time, then the published, newest first.
SELECT a.article_id, a.title, a.published_at, a.is_pinned, a.town, coalesce(h.address, '') AS house,
       a.edited_at, e.name AS edited_by_name, count(*) OVER () AS total
  FROM article a
  JOIN staff e ON e.staff_id = a.edited_by
  LEFT JOIN house h ON h.house_id = a.house_id
 ORDER BY a.published_at DESC NULLS FIRST, a.article_id DESC
 LIMIT :most OFFSET :skipped
