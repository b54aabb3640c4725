-- Houses that accounts have left or come to are counted anew: first to zero.
UPDATE house_year SET charged = 0, paid = 0
 WHERE house_id IN (SELECT from_house_id FROM moved_accounts
                     UNION
                    SELECT house_id FROM account JOIN moved_accounts USING (account_id))
