-- Letters to an address, those too of a login that has it now; the latest first.
WITH named AS (
    SELECT letter_id
      FROM letter
     WHERE subscriber_id IN (SELECT subscriber_id FROM subscriber
                              WHERE lower(email) = lower(:email))
     UNION ALL
    SELECT letter_id
      FROM letter
     WHERE subscriber_id IS NULL AND lower(recipient) = lower(:email)
)
SELECT letter.name,
       letter.recipient,
       a.number AS account,
       letter.period,
       CAST(letter.state AS text) AS state,
       letter.attempts,
       coalesce(letter.last_answer, '') AS answer,
       letter.queued_at,
       letter.ended_at
  FROM named
  JOIN letter USING (letter_id)
  LEFT JOIN account a ON a.account_id = letter.account_id
 ORDER BY letter.letter_id DESC
 LIMIT :most
