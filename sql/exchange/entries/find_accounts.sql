-- The accounts of a batch; one with an opening wants its rows judged one by one.
SELECT a.number, a.account_id,
       EXISTS (SELECT 1 FROM entry opening
                WHERE opening.op = 'opening' AND opening.account_id = a.account_id) AS has_opening
  FROM account a
 WHERE a.number = ANY(:numbers)
