-- depends: 0014_profile
-- What the fund tells its readers: news, and the words about itself.

CREATE TABLE article (
    article_id    integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    title         text NOT NULL,
    -- Markdown, as the editor wrote it
    body          text NOT NULL,
    -- NULL: a draft; in the future: published by itself then
    published_at  timestamptz,
    is_pinned     boolean NOT NULL DEFAULT false,
    -- for readers of one town («г. Северореченск», as addresses begin) or of one house; both empty: for all
    town          text NOT NULL DEFAULT '',
    house_id      integer REFERENCES house,
    -- counts savings: who edits an older one is told
    version       integer NOT NULL DEFAULT 1,
    edited_at     timestamptz NOT NULL,
    edited_by     integer NOT NULL REFERENCES staff,
    CHECK (town = '' OR house_id IS NULL)
);
CREATE INDEX article_published ON article (is_pinned DESC, published_at DESC);

-- Texts of pages that the fund writes itself, one a page; the newest is shown, the others are kept.
CREATE TABLE page_text (
    page_text_id  integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    page          text NOT NULL,
    body          text NOT NULL,
    edited_at     timestamptz NOT NULL,
    edited_by     integer NOT NULL REFERENCES staff
);
CREATE INDEX page_text_page ON page_text (page, page_text_id);

GRANT SELECT, INSERT, UPDATE, DELETE ON article TO lkcap_app;
GRANT SELECT, INSERT ON page_text TO lkcap_app;
