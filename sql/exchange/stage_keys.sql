-- The keys of one batch.
CREATE TEMPORARY TABLE stage_keys (
    line    bigint NOT NULL,
    key     text NOT NULL,
    digest  text NOT NULL
) ON COMMIT DROP
