-- What employees said of these two sums of this thing, the newest first.
SELECT w.said_at, s.name, w.is_settled, w.why
  FROM difference of_it
  JOIN difference d USING (thing, ours, theirs)
  JOIN difference_word w ON w.difference_id = d.difference_id
  JOIN staff s USING (staff_id)
 WHERE of_it.difference_id = :difference_id
 ORDER BY w.word_id DESC
 LIMIT :most
