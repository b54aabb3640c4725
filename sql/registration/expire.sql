-- `tidy`: applications nobody has confirmed in time.
WITH expired AS (
     UPDATE application SET state = 'expired'
      WHERE state = 'unconfirmed' AND token_until <= :now
  RETURNING application_id)
INSERT INTO application_event (application_id, at, what)
SELECT application_id, :now, 'expired' FROM expired
