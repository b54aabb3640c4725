-- Accounts that change their house with this load; filled by ledger/note_moves.
CREATE TEMPORARY TABLE moved_accounts (
    account_id     integer PRIMARY KEY,
    from_house_id  integer NOT NULL
) ON COMMIT DROP
