-- What was written to the subscriber, before he had a login too; the text itself is not kept.
SELECT letter.name,
       letter.recipient,
       a.number AS account,
       CAST(letter.state AS text) AS state,
       letter.queued_at,
       letter.ended_at
  FROM letter
  LEFT JOIN account a ON a.account_id = letter.account_id
 WHERE letter.subscriber_id = :subscriber_id
    OR (letter.subscriber_id IS NULL AND lower(letter.recipient) = lower(:email))
 ORDER BY letter.letter_id DESC
 LIMIT :most
