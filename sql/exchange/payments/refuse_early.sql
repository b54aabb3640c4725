-- Rows older than the opening of their account may be part of it already: a person must look.
UPDATE stage_payments s
   SET reason = 'раньше входящего остатка лицевого счёта'
 WHERE s.reason IS NULL
   AND EXISTS (
       SELECT 1 FROM entry opening
        WHERE opening.op = 'opening'
          AND opening.account_id = s.account_id
          AND opening.service_id = s.service_id
          AND opening.period > date_trunc('month', s.paid_on)
          AND (opening.kind = 'principal' AND s.principal <> 0
               OR opening.kind = 'penalty' AND s.penalty <> 0))
