-- What a reminder tells when it is sent, and whether it is still asked for; NULL sums: nothing is
-- to be told of (any more).
SELECT EXISTS (SELECT FROM reminder
                WHERE subscriber_id = letter.subscriber_id AND kind = :kind) AS is_asked,
       a.number,
       debt.principal,
       debt.penalty,
       CAST(p.principal + p.penalty AS bigint) AS paid,
       p.paid_at,
       m.kind AS work,
       m.from_year,
       m.to_year,
       h.address
  FROM letter
  LEFT JOIN account a ON a.account_id = letter.account_id
  LEFT JOIN payment p ON p.payment_id = letter.payment_id AND p.withdrawn_by IS NULL
  LEFT JOIN LATERAL reminder_debt(letter.subscriber_id, letter.account_id, letter.period, :today)
            debt ON letter.period IS NOT NULL
  -- one that was moved again is told by its later letter
  LEFT JOIN work_move m ON m.work_move_id = letter.work_move_id
                       AND NOT EXISTS (SELECT FROM work_move later
                                        WHERE later.house_id = m.house_id AND later.kind = m.kind
                                          AND later.work_move_id > m.work_move_id)
  LEFT JOIN house h ON h.house_id = m.house_id
 WHERE letter.letter_id = :letter_id
