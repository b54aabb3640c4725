-- An article anew, unless somebody has saved it since this editor opened it.
UPDATE article
   SET title = :title, body = :body, published_at = :published_at, is_pinned = :is_pinned,
       town = :town, house_id = :house_id, version = version + 1, edited_at = :now,
       edited_by = :staff_id
 WHERE article_id = :article_id AND version = :version
RETURNING article_id
