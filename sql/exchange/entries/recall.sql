-- Bring back the next openings, the earliest periods first.
WITH next AS (
    SELECT ctid FROM waiting_openings ORDER BY period, line LIMIT :most
),
opening AS (
    DELETE FROM waiting_openings WHERE ctid IN (SELECT ctid FROM next) RETURNING *
)
INSERT INTO stage_entries SELECT * FROM opening
