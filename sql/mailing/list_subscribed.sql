-- The next subscriptions in order, with what keeps a month's receipt from going, if anything does.
SELECT page.subscriber_id,
       page.account_id,
       s.email,
       CASE WHEN EXISTS (SELECT FROM letter
                          WHERE letter.name = 'receipt'
                            AND letter.account_id = page.account_id
                            AND letter.period = :period
                            AND letter.subscriber_id = page.subscriber_id) THEN 'queued'
            ELSE coalesce(receipt_bar(page.subscriber_id, page.account_id, :today, :last_day), '')
       END AS bar
  FROM (SELECT subscriber_id, account_id
          FROM receipt_subscription
         WHERE (subscriber_id, account_id)
               > (CAST(:after_subscriber AS integer), CAST(:after_account AS integer))
         ORDER BY subscriber_id, account_id
         LIMIT CAST(:most AS integer)) page
  JOIN subscriber s USING (subscriber_id)
 ORDER BY page.subscriber_id, page.account_id
