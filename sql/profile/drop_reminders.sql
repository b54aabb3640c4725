-- What he has not ticked he does not want.
DELETE FROM reminder WHERE subscriber_id = :subscriber_id AND kind <> ALL (CAST(:kinds AS text[]))
