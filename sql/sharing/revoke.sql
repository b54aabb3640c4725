-- Taken back by its owner: an invitation's link is dead, an open session sees the account no more.
DELETE FROM account_share WHERE share_id = :share_id AND owner_id = :owner_id
