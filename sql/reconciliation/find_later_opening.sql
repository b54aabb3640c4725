-- An opening of the account that money of this month may be part of already.
SELECT opening.period
  FROM entry opening
 WHERE opening.op = 'opening'
   AND opening.account_id = :account_id
   AND opening.service_id = :service_id
   AND opening.kind = 'principal'
   AND opening.period > :period
 ORDER BY opening.period
 LIMIT 1
