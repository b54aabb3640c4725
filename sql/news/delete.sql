-- An article nobody needs; the journal remembers its title.
DELETE FROM article WHERE article_id = :article_id
