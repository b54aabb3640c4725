-- A month's receipts that wait: those nobody has tried yet, and those that were not accepted.
SELECT count(*) FILTER (WHERE attempts = 0) AS untried,
       count(*) FILTER (WHERE attempts > 0) AS failed
  FROM letter
 WHERE name = 'receipt' AND period = :period AND state = 'queued'
