-- Where the rows will be booked; a row without a service is of a fund that has charged nobody yet.
UPDATE stage_payments
   SET service_id = (SELECT found.service_id
                       FROM contribution_service(stage_payments.account_id, :usual) found)
 WHERE account_id IS NOT NULL AND service_id IS NULL
RETURNING service_id
