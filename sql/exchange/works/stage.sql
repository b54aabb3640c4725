-- Works of one batch of rows, as read.
CREATE TEMPORARY TABLE stage_works (
    line          bigint NOT NULL,
    house_id      text NOT NULL,
    position      integer NOT NULL,
    kind          text NOT NULL,
    last_year     smallint,
    planned_year  smallint,
    planned_cost  bigint,
    status        work_status NOT NULL,
    contractor    text,
    finished_on   date,
    actual_cost   bigint
) ON COMMIT DROP
