-- Set the openings of this batch apart.
WITH opening AS (
    DELETE FROM stage_entries WHERE op = 'opening' RETURNING *
)
INSERT INTO waiting_openings SELECT * FROM opening
