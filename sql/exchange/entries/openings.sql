-- Openings wait until every other entry of the load is in: the order of rows does not matter.
CREATE TEMPORARY TABLE waiting_openings (LIKE stage_entries) ON COMMIT DROP
