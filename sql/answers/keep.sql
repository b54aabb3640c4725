-- A form came after its session had ended: the newest of a person takes the place of the one before.
INSERT INTO kept_answers (person_kind, person_id, about, token_hash, answers, kept_at)
VALUES (:person_kind, :person_id, :about, :token_hash, :answers, :now)
ON CONFLICT (person_kind, person_id) DO UPDATE
   SET about = excluded.about, token_hash = excluded.token_hash, answers = excluded.answers,
       kept_at = excluded.kept_at
