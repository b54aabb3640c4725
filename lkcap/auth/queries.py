"""Sessions and logins in the database."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from lkcap.auth.model import AGE_LIMIT, IDLE_LIMIT, ReaderAccount
from lkcap.kit.db import Connection
from lkcap.kit.sql import query

LIST_READER_ACCOUNTS = query("auth/list_reader_accounts")
LIST_CANDIDATES = query("auth/list_candidates")
ADD_SESSION = query("auth/add_session")
TOUCH_SESSION = query("auth/touch_session")
END_SESSION = query("auth/end_session")
SWITCH_ACCOUNT = query("auth/switch_account")

# Co-owners of one account; each costs a password hash, so their number is bounded.
CANDIDATES_MAX = 12


@dataclass(frozen=True, slots=True)
class Candidate:
    subscriber_id: int
    password_hash: str
    account_id: int
    is_own_number: bool


async def list_reader_accounts(
    conn: Connection, token_hash: bytes, now: datetime, today: date
) -> Sequence[ReaderAccount]:
    """None at all: the session is over, or every account has another owner now."""
    return await conn.list(
        LIST_READER_ACCOUNTS,
        ReaderAccount,
        token_hash=token_hash,
        idle_since=now - IDLE_LIMIT,
        begun_since=now - AGE_LIMIT,
        today=today,
    )


async def list_candidates(
    conn: Connection, login: str, number: str, today: date
) -> Sequence[Candidate]:
    return await conn.list(
        LIST_CANDIDATES, Candidate, login=login, number=number, today=today, most=CANDIDATES_MAX
    )


async def add_session(
    conn: Connection, token_hash: bytes, candidate: Candidate, now: datetime
) -> None:
    await conn.run(
        ADD_SESSION,
        token_hash=token_hash,
        subscriber_id=candidate.subscriber_id,
        account_id=candidate.account_id,
        now=now,
    )


async def touch_session(conn: Connection, token_hash: bytes, now: datetime) -> None:
    await conn.run(TOUCH_SESSION, token_hash=token_hash, now=now)


async def end_session(conn: Connection, token_hash: bytes) -> None:
    await conn.run(END_SESSION, token_hash=token_hash)


async def switch_account(conn: Connection, token_hash: bytes, account_id: int) -> None:
    await conn.run(SWITCH_ACCOUNT, token_hash=token_hash, account_id=account_id)
