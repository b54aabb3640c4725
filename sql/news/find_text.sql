-- What the fund wrote for a page last.
SELECT t.page, t.body, t.edited_at, e.name AS edited_by_name
  FROM page_text t
  JOIN staff e ON e.staff_id = t.edited_by
 WHERE t.page = :page
 ORDER BY t.page_text_id DESC
 LIMIT 1
