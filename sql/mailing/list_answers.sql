-- Why a month's receipts wait or were refused, the commonest answers first.
SELECT CAST(state AS text) AS state, coalesce(last_answer, '') AS answer, count(*) AS count
  FROM letter
 WHERE name = 'receipt' AND period = :period AND state IN ('queued', 'refused')
 GROUP BY state, last_answer
 ORDER BY count(*) DESC, last_answer
 LIMIT :most
