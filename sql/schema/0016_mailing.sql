-- depends: 0015_news
-- Receipts by mail: who must not get one, what became of a month's, which letter came back.

-- Why the receipt of a month does not go to a subscriber; NULL: it does.
CREATE FUNCTION receipt_bar(whose integer, account integer, today date, last_day date)
RETURNS text
LANGUAGE sql STABLE AS $$
    SELECT CASE
               WHEN s.deleted_at IS NOT NULL OR s.blocked_at IS NOT NULL THEN 'blocked'
               WHEN s.email_confirmed_at IS NULL THEN 'unconfirmed'
               WHEN subscription.since IS NULL THEN 'unsubscribed'
               WHEN present.owner_key IS DISTINCT FROM link.owner_key THEN 'sold'
               WHEN present.closed_on <= today THEN 'closed'
               WHEN month.owner_key IS DISTINCT FROM link.owner_key
                    OR present.owner_since > last_day
                    OR present.opened_on > last_day THEN 'later'
               WHEN refused.email IS NOT NULL THEN 'refused'
           END
      FROM subscriber s
      LEFT JOIN receipt_subscription subscription
        ON subscription.subscriber_id = s.subscriber_id AND subscription.account_id = account
      LEFT JOIN subscriber_account link
        ON link.subscriber_id = s.subscriber_id AND link.account_id = account
      LEFT JOIN LATERAL account_state_on(account, today) present ON true
      LEFT JOIN LATERAL account_state_on(account, last_day) month ON true
      LEFT JOIN email_refused refused ON refused.email = lower(s.email)
     WHERE s.subscriber_id = whose
$$;

-- The desk counts a month's letters; a bounce names the letter by its Message-ID.
CREATE INDEX letter_month ON letter (name, period, state) WHERE period IS NOT NULL;
CREATE INDEX letter_message ON letter (message_id);

-- A reminder that a payment has arrived, once for each payment.
ALTER TABLE letter ADD COLUMN payment_id bigint REFERENCES payment;
CREATE UNIQUE INDEX letter_payment ON letter (payment_id, subscriber_id)
    WHERE payment_id IS NOT NULL;

-- What a subscriber owes on an account for the months up to one, of the penalty all; kopecks.
-- No row where he must not be written to of it: it is not his, nothing is paid here, no letters
-- arrive.
CREATE FUNCTION reminder_debt(whose integer, account integer, upto date, today date)
RETURNS TABLE (principal bigint, penalty bigint)
LANGUAGE sql STABLE AS $$
    SELECT greatest(0, coalesce(contribution.balance + contribution.in_transit, 0) - ahead.charged),
           greatest(0, coalesce(fine.balance + fine.in_transit, 0))
      FROM subscriber s
      JOIN subscriber_account link
        ON link.subscriber_id = s.subscriber_id AND link.account_id = account
     CROSS JOIN LATERAL account_state_on(account, today) state
      JOIN premises p ON p.premises_id = state.premises_id
      JOIN house h ON h.house_id = p.house_id
      LEFT JOIN account_balance contribution
        ON contribution.account_id = account AND contribution.kind = 'principal'
      LEFT JOIN account_balance fine
        ON fine.account_id = account AND fine.kind = 'penalty'
     CROSS JOIN LATERAL (
           -- charged for later months, whose day is still to come
           SELECT CAST(coalesce(sum(greatest(0, month.charged)), 0) AS bigint) AS charged
             FROM (SELECT sum(amount) AS charged
                     FROM entry
                    WHERE account_id = account AND kind = 'principal' AND period > upto
                      AND op IN ('charge', 'recalculation', 'act')
                    GROUP BY period) month) ahead
     WHERE s.subscriber_id = whose
       AND s.deleted_at IS NULL AND s.blocked_at IS NULL AND s.email_confirmed_at IS NOT NULL
       AND state.owner_key = link.owner_key
       AND h.fund_method IS DISTINCT FROM 'special_other'
       AND NOT EXISTS (SELECT FROM email_refused WHERE email = lower(s.email))
$$;
