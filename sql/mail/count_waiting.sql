-- How many letters wait: those that may be sent now, and those whose next attempt is to come.
SELECT count(*) FILTER (WHERE next_try_at <= now()) AS due,
       count(*) FILTER (WHERE next_try_at > now()) AS later
  FROM letter
 WHERE state = 'queued'
