-- depends: 0018_answers
-- An account opened to a relative: by its owner, by letter, to be taken back at any moment.

-- Bound to the owner's own link: it ends when the link does, whoever takes the link away, and it
-- opens nothing while the account's owner of today is not the owner it was made for. Until it is
-- accepted it is an invitation, whose link's token is kept as its SHA-256.
CREATE TABLE account_share (
    share_id     integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    owner_id     integer NOT NULL,
    account_id   integer NOT NULL,
    owner_key    text NOT NULL,
    called       text NOT NULL,
    email        text NOT NULL,
    may          text NOT NULL CHECK (may IN ('pay', 'view')),
    invited_at   timestamptz NOT NULL,
    token_hash   bytea UNIQUE,
    expires_at   timestamptz,
    relative_id  integer REFERENCES subscriber,
    accepted_at  timestamptz,
    visited_at   timestamptz,
    FOREIGN KEY (owner_id, account_id) REFERENCES subscriber_account ON DELETE CASCADE,
    CHECK ((relative_id IS NULL) = (accepted_at IS NULL)),
    CHECK ((relative_id IS NULL) = (token_hash IS NOT NULL)),
    CHECK ((token_hash IS NULL) = (expires_at IS NULL)),
    CHECK (relative_id <> owner_id)
);
-- One person is invited to an account once; invited again, the earlier link is dead.
CREATE UNIQUE INDEX account_share_person ON account_share (owner_id, account_id, lower(email));
CREATE INDEX account_share_relative ON account_share (relative_id) WHERE relative_id IS NOT NULL;

-- Whoever came by an invitation has made no application: his consent (152-ФЗ) stands here.
ALTER TABLE subscriber
    ADD COLUMN consent_at       timestamptz,
    ADD COLUMN consent_version  date;

-- What relatives have opened to a login: one row an account and owner, to pay before to view, none
-- where the login has a link of its own. In PL/pgSQL because its plan is kept: the reader's query is
-- planned anew at every page, and most logins have nothing of it.
CREATE FUNCTION accounts_shared_with(reader integer)
RETURNS TABLE (account_id integer, owner_key text, since date, may text, visited_at timestamptz)
LANGUAGE plpgsql STABLE ROWS 1 AS $$
BEGIN
    RETURN QUERY
    SELECT DISTINCT ON (share.account_id, share.owner_key)
           share.account_id, share.owner_key, CAST(share.accepted_at AS date), share.may,
           share.visited_at
      FROM account_share share
      JOIN subscriber_account link
        ON link.subscriber_id = share.owner_id AND link.account_id = share.account_id
       AND link.owner_key = share.owner_key
      JOIN subscriber giver ON giver.subscriber_id = share.owner_id AND giver.blocked_at IS NULL
     WHERE share.relative_id = reader
       AND NOT EXISTS (SELECT FROM subscriber_account own
                        WHERE own.subscriber_id = reader
                          AND own.account_id = share.account_id
                          AND own.owner_key = share.owner_key)
     ORDER BY share.account_id, share.owner_key, share.may, share.share_id;
END
$$;

-- The accounts a login opens: its own, with `may` NULL, and those that relatives have opened to it.
-- A row counts only while `owner_key` is the account's owner of today: the caller looks.
CREATE FUNCTION accounts_open_to(reader integer)
RETURNS TABLE (account_id integer, owner_key text, linked_on date, may text,
               visited_at timestamptz)
LANGUAGE sql STABLE AS $$
    SELECT own.account_id, own.owner_key, own.linked_on, CAST(NULL AS text),
           CAST(NULL AS timestamptz)
      FROM subscriber_account own
     WHERE own.subscriber_id = reader
     UNION ALL
    SELECT shared.account_id, shared.owner_key, shared.since, shared.may, shared.visited_at
      FROM accounts_shared_with(reader) shared
$$;

-- «Примерова А. П.», an organization's name; NULL where the books do not know.
CREATE FUNCTION owner_in_short(one account_state) RETURNS text
LANGUAGE sql STABLE AS $$
    SELECT NULLIF(CASE
               WHEN one.owner_kind = 'organization' THEN coalesce(one.organization, '')
               ELSE concat_ws(chr(160), one.last_name,
                              left(NULLIF(one.first_name, ''), 1) || '.',
                              left(NULLIF(one.middle_name, ''), 1) || '.')
           END, '')
$$;

GRANT SELECT, INSERT, UPDATE, DELETE ON account_share TO lkcap_app;
