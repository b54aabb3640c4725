-- The desk's queue: applications of some states, with what differs; the longest waiting first, of
-- decided ones the latest decision.
WITH page AS (
    SELECT *, count(*) OVER () AS total
      FROM application
     WHERE state = ANY(CAST(CAST(:states AS text[]) AS application_state[]))
       AND (CAST(:number_key AS text) = '' OR number_key = :number_key)
       AND (CAST(:taken_by AS integer) IS NULL OR taken_by = :taken_by)
     ORDER BY decided_at DESC NULLS FIRST, confirmed_at NULLS LAST, application_id
     LIMIT :most OFFSET :skipped
)
SELECT one.application_id,
       one.state,
       one.made_at,
       one.confirmed_at,
       one.taken_by,
       one.taken_at,
       coalesce(one.organization,
                concat_ws(' ', one.last_name, one.first_name, one.middle_name)) AS name,
       one.account,
       one.address,
       found.agree,
       found.differing,
       found.unknown,
       one.total
  FROM page one
 CROSS JOIN LATERAL (
       SELECT count(*) FILTER (WHERE verdict = 'agree') AS agree,
              coalesce(array_agg(what ORDER BY position) FILTER (WHERE verdict = 'differ'),
                       '{}') AS differing,
              count(*) FILTER (WHERE verdict = 'unknown') AS unknown
         FROM application_finding f
        WHERE f.application_id = one.application_id) found
 ORDER BY one.decided_at DESC NULLS FIRST, one.confirmed_at NULLS LAST, one.application_id
