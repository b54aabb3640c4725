-- Payments that billing's entries of this load stood for, and nobody's stand for now.
SELECT p.payment_id
  FROM payment_link l
  JOIN payment p USING (payment_id)
 WHERE l.load_id = :load_id
   AND p.withdrawn_by IS NULL
   AND NOT EXISTS (SELECT 1 FROM payment_billed b WHERE b.payment_id = p.payment_id)
 ORDER BY p.payment_id
