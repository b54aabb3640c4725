-- New requisites and corrected ones.
INSERT INTO requisites AS known (house_id, valid_from, name, inn, kpp, account, penalty_account,
                                 bank_name, bic, corr_account, gpb_account_id)
SELECT h.house_id, s.valid_from, s.name, s.inn, s.kpp, s.account, s.penalty_account,
       s.bank_name, s.bic, s.corr_account, s.gpb_account_id
  FROM stage_requisites s
  JOIN house h ON h.code = s.house_id
    ON CONFLICT (house_id, valid_from) DO UPDATE
   SET (name, inn, kpp, account, penalty_account, bank_name, bic, corr_account, gpb_account_id)
       = ROW (excluded.name, excluded.inn, excluded.kpp, excluded.account,
              excluded.penalty_account, excluded.bank_name, excluded.bic, excluded.corr_account,
              excluded.gpb_account_id)
 WHERE known IS DISTINCT FROM excluded
