-- The dated states, new and corrected.
INSERT INTO account_state AS known (
       account_id, valid_from, premises_id, area, share_numerator, share_denominator, els,
       service_code, owner_kind, last_name, first_name, middle_name, organization, inn,
       opened_on, closed_on, owner_key, load_id)
SELECT a.account_id, s.valid_from, p.premises_id, s.area, s.share_numerator, s.share_denominator,
       s.els, s.service_code, s.owner_kind, s.last_name, s.first_name, s.middle_name,
       s.organization, s.inn, s.opened_on, s.closed_on, s.owner_key, :load_id
  FROM stage_accounts s
  JOIN account a ON a.number = s.number
  JOIN house h ON h.code = s.house_code
  JOIN premises p
    ON p.house_id = h.house_id AND p.number = s.premises AND p.kind = s.premises_kind
    ON CONFLICT (account_id, valid_from) DO UPDATE
   SET (premises_id, area, share_numerator, share_denominator, els, service_code, owner_kind,
        last_name, first_name, middle_name, organization, inn, opened_on, closed_on, owner_key,
        load_id)
       = ROW (excluded.premises_id, excluded.area, excluded.share_numerator,
              excluded.share_denominator, excluded.els, excluded.service_code,
              excluded.owner_kind, excluded.last_name, excluded.first_name,
              excluded.middle_name, excluded.organization, excluded.inn, excluded.opened_on,
              excluded.closed_on, excluded.owner_key, excluded.load_id)
 WHERE (known.premises_id, known.area, known.share_numerator, known.share_denominator, known.els,
        known.service_code, known.owner_kind, known.last_name, known.first_name,
        known.middle_name, known.organization, known.inn, known.opened_on, known.closed_on)
       IS DISTINCT FROM
       (excluded.premises_id, excluded.area, excluded.share_numerator,
        excluded.share_denominator, excluded.els, excluded.service_code, excluded.owner_kind,
        excluded.last_name, excluded.first_name, excluded.middle_name, excluded.organization,
        excluded.inn, excluded.opened_on, excluded.closed_on)
