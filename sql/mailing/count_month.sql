-- What became of a month's receipts, told from the index alone.
SELECT count(*) FILTER (WHERE state = 'sent') AS sent,
       count(*) FILTER (WHERE state = 'queued') AS waiting,
       count(*) FILTER (WHERE state = 'refused') AS refused
  FROM letter
 WHERE name = 'receipt' AND period = :period
