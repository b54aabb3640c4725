-- depends: 0004_people
-- How often an address has sent a form of late: counted here, so that all processes count together.

-- UNLOGGED: a window lasts minutes, and a crash that empties it costs one more window; a flood
-- writes no WAL. The address is kept as it is: whoever has the hash of one can find it by trying all.
-- It is of no use when the window has ended: `tidy` drops the row.
CREATE UNLOGGED TABLE limit_window (
    form      text NOT NULL,
    address   text NOT NULL,
    attempts  integer NOT NULL,
    ends_at   timestamptz NOT NULL,
    PRIMARY KEY (form, address)
);

GRANT SELECT, INSERT, UPDATE, DELETE ON limit_window TO lkcap_app;
