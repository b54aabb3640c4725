-- A new text of a page; the earlier ones are kept.
INSERT INTO page_text (page, body, edited_at, edited_by) VALUES (:page, :body, :now, :staff_id)
