-- What he has ticked; known ones stay.
INSERT INTO reminder (subscriber_id, kind)
SELECT :subscriber_id, unnest(CAST(:kinds AS text[]))
    ON CONFLICT DO NOTHING
