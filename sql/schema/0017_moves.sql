-- depends: 0016_mailing
-- Works of a house that a later programme has moved to another year: told once to those who asked.

CREATE TABLE work_move (
    work_move_id  integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    house_id      integer NOT NULL REFERENCES house,
    kind          text NOT NULL,
    from_year     smallint NOT NULL,
    to_year       smallint NOT NULL,
    moved_at      timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX work_move_house ON work_move (house_id, moved_at);

ALTER TABLE letter ADD COLUMN work_move_id integer REFERENCES work_move;
CREATE UNIQUE INDEX letter_work_move ON letter (work_move_id, subscriber_id)
    WHERE work_move_id IS NOT NULL;

GRANT SELECT, INSERT ON work_move TO lkcap_app;
