-- Houses of one batch of rows, as read.
CREATE TEMPORARY TABLE stage_houses (
    line                bigint NOT NULL,
    house_id            text NOT NULL,
    address             text NOT NULL,
    fias                text,
    year_built          smallint,
    floors              smallint,
    entrances           smallint,
    total_area          numeric,
    premises_area       numeric,
    fund_method         fund_method,
    rate                integer,
    spent               bigint,
    in_programme_since  date
) ON COMMIT DROP
