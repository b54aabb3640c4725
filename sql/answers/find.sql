-- What this person typed in this browser within the hour.
SELECT answers, about
  FROM kept_answers
 WHERE person_kind = :person_kind
   AND person_id = :person_id
   AND token_hash = :token_hash
   AND kept_at > :since
