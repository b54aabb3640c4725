-- Who looks at an account that was opened to him: its owner sees when that was.
UPDATE account_share SET visited_at = :now
 WHERE relative_id = :subscriber_id AND account_id = :account_id
