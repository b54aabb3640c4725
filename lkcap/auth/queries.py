"""Sessions and logins in the database."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from lkcap.auth.model import AGE_LIMIT, IDLE_LIMIT, LIMITED_AGE, ReaderAccount, Visit
from lkcap.kit.db import Connection
from lkcap.kit.sql import query

LIST_READER_ACCOUNTS = query("auth/list_reader_accounts")
LIST_CANDIDATES = query("auth/list_candidates")
ADD_SESSION = query("auth/add_session")
TOUCH_SESSION = query("auth/touch_session")
END_SESSION = query("auth/end_session")
END_SESSIONS_BUT = query("auth/end_sessions_but")
SWITCH_ACCOUNT = query("auth/switch_account")
SPEND_ONE_TIME_PASSWORD = query("auth/spend_one_time_password")
DROP_ONE_TIME_PASSWORD = query("auth/drop_one_time_password")
SET_PASSWORD = query("auth/set_password")
GET_TOTP = query("auth/get_totp")
SPEND_CODE = query("auth/spend_code")
SPEND_RECOVERY_CODE = query("auth/spend_recovery_code")
ADD_LOGIN_EVENTS = query("auth/add_login_events")
FIND_RESTORABLE = query("auth/find_restorable")
LIST_OWN_WORDS = query("auth/list_own_words")

# Co-owners of one account; each costs a password hash, so their number is bounded.
CANDIDATES_MAX = 12


@dataclass(frozen=True, slots=True)
class Candidate:
    """A subscriber the login may mean, and an account that is his; live one-time passwords only."""

    subscriber_id: int
    password_hash: str | None
    one_time_hash: str | None
    one_time_made_at: datetime | None
    password_changed_at: datetime | None
    is_blocked: bool
    has_totp: bool
    account_id: int
    is_own_number: bool


@dataclass(frozen=True, slots=True)
class Entry:
    """Who may be let in, as it was when his password was looked at."""

    subscriber_id: int
    account_id: int
    password_changed_at: datetime | None
    # of the one-time password he came with
    one_time_made_at: datetime | None


@dataclass(frozen=True, slots=True)
class Totp:
    totp_secret: bytes | None
    totp_last_step: int | None


@dataclass(frozen=True, slots=True)
class Restorable:
    subscriber_id: int
    email: str


@dataclass(frozen=True, slots=True)
class _Word:
    word: str


async def list_reader_accounts(
    conn: Connection, token_hash: bytes, now: datetime, today: date
) -> Sequence[ReaderAccount]:
    """None at all: the session is over, its subscriber blocked, or every account sold."""
    return await conn.list(
        LIST_READER_ACCOUNTS,
        ReaderAccount,
        token_hash=token_hash,
        idle_since=now - IDLE_LIMIT,
        begun_since=now - AGE_LIMIT,
        limited_since=now - LIMITED_AGE,
        today=today,
    )


async def list_candidates(
    conn: Connection, login: str, number: str, now: datetime, today: date
) -> Sequence[Candidate]:
    return await conn.list(
        LIST_CANDIDATES,
        Candidate,
        login=login,
        number=number,
        now=now,
        today=today,
        most=CANDIDATES_MAX,
    )


async def add_session(
    conn: Connection, token_hash: bytes, entry: Entry, visit: Visit, now: datetime
) -> bool:
    """False when his password was changed, or he was blocked, since it was looked at."""
    added = await conn.run(
        ADD_SESSION,
        token_hash=token_hash,
        subscriber_id=entry.subscriber_id,
        account_id=entry.account_id,
        password_changed_at=entry.password_changed_at,
        is_limited=entry.one_time_made_at is not None,
        address=visit.address,
        agent=visit.agent,
        now=now,
    )
    return added == 1


async def touch_session(conn: Connection, token_hash: bytes, now: datetime) -> None:
    await conn.run(TOUCH_SESSION, token_hash=token_hash, now=now)


async def end_session(conn: Connection, token_hash: bytes) -> None:
    await conn.run(END_SESSION, token_hash=token_hash)


async def switch_account(conn: Connection, token_hash: bytes, account_id: int) -> None:
    await conn.run(SWITCH_ACCOUNT, token_hash=token_hash, account_id=account_id)


async def spend_one_time_password(conn: Connection, entry: Entry, now: datetime) -> bool:
    """False when another browser has used it meanwhile, or a new one was made."""
    spent = await conn.run(
        SPEND_ONE_TIME_PASSWORD,
        subscriber_id=entry.subscriber_id,
        made_at=entry.one_time_made_at,
        now=now,
    )
    return spent == 1


async def set_password(
    conn: Connection, subscriber_id: int, password_hash: str, now: datetime, kept: bytes
) -> None:
    """What was mailed opens nothing, nor any session but `kept`, the hash of its token."""
    await conn.run(SET_PASSWORD, subscriber_id=subscriber_id, password_hash=password_hash, now=now)
    await conn.run(DROP_ONE_TIME_PASSWORD, subscriber_id=subscriber_id)
    await conn.run(END_SESSIONS_BUT, subscriber_id=subscriber_id, kept=kept)


async def get_totp(conn: Connection, subscriber_id: int) -> Totp:
    return await conn.get(GET_TOTP, Totp, subscriber_id=subscriber_id)


async def spend_code(conn: Connection, subscriber_id: int, step: int) -> bool:
    """False when the same code, or a later one, has been taken already."""
    return await conn.run(SPEND_CODE, subscriber_id=subscriber_id, step=step) == 1


async def spend_recovery_code(conn: Connection, subscriber_id: int, code_hash: bytes) -> bool:
    """False where it is none of his, or was used before."""
    spent = await conn.run(SPEND_RECOVERY_CODE, subscriber_id=subscriber_id, code_hash=code_hash)
    return spent == 1


async def add_login_events(
    conn: Connection, subscriber_ids: Sequence[int], visit: Visit, outcome: str, now: datetime
) -> None:
    await conn.run(
        ADD_LOGIN_EVENTS,
        subscriber_ids=list(subscriber_ids) or [None],
        address=visit.address,
        agent=visit.agent,
        is_known_device=visit.is_known_device,
        outcome=outcome,
        now=now,
    )


async def find_restorable(
    conn: Connection, number: str, email: str, today: date
) -> Restorable | None:
    return await conn.find(FIND_RESTORABLE, Restorable, number=number, email=email, today=today)


async def list_own_words(conn: Connection, subscriber_id: int) -> Sequence[str]:
    """His e-mail and every number of his accounts: no good passwords."""
    found = await conn.list(LIST_OWN_WORDS, _Word, subscriber_id=subscriber_id)
    return [one.word for one in found]
