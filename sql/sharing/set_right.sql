-- To view, or to view and pay: counts from the next page on.
UPDATE account_share SET may = :may WHERE share_id = :share_id AND owner_id = :owner_id
