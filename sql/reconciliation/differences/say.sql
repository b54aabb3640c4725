-- An employee has settled a difference, or opens it again.
INSERT INTO difference_word (difference_id, is_settled, why, staff_id, said_at)
VALUES (:difference_id, :is_settled, :why, :staff_id, :now)
