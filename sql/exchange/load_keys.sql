-- The keys a load has stored rows under, with a digest of the row.
CREATE TEMPORARY TABLE load_keys (
    kind    text NOT NULL,
    key     text NOT NULL,
    digest  text NOT NULL,
    PRIMARY KEY (kind, key)
) ON COMMIT DROP
