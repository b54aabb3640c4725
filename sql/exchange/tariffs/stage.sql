-- Tariffs of one batch of rows, as read.
CREATE TEMPORARY TABLE stage_tariffs (
    line        bigint NOT NULL,
    house_id    text NOT NULL,
    valid_from  date NOT NULL,
    rate        integer NOT NULL
) ON COMMIT DROP
