-- A new article.
INSERT INTO article (title, body, published_at, is_pinned, town, house_id, edited_at, edited_by)
VALUES (:title, :body, :published_at, :is_pinned, :town, :house_id, :now, :staff_id)
RETURNING article_id
