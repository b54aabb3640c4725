-- Letters to an address, those too of a login that has it now; the latest first.
SELECT letter.name,
       letter.recipient,
       a.number AS account,
       letter.period,
       CAST(letter.state AS text) AS state,
       letter.attempts,
       coalesce(letter.last_answer, '') AS answer,
       letter.queued_at,
       letter.ended_at
  FROM letter
  LEFT JOIN account a ON a.account_id = letter.account_id
 WHERE letter.subscriber_id IN (SELECT subscriber_id FROM subscriber
                                 WHERE lower(email) = lower(:email))
    OR (letter.subscriber_id IS NULL AND lower(letter.recipient) = lower(:email))
 ORDER BY letter.letter_id DESC
 LIMIT :most
