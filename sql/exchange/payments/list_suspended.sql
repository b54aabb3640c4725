-- Rows that wait for a person.
SELECT line, concat_ws(';', trx_id, to_char(paid_on, 'YYYY-MM-DD'), number) AS raw,
       number, principal + penalty AS amount, reason
  FROM stage_payments
 WHERE verdict IN ('suspense', 'waits')
 ORDER BY line
