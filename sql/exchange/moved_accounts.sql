-- Accounts that a load moves to another house; filled by accounts/moves.
CREATE TEMPORARY TABLE moved_accounts (
    account_id     integer PRIMARY KEY,
    from_house_id  integer NOT NULL
) ON COMMIT DROP
