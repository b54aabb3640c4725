"""Where a login is open, and the last attempts to open it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from lkcap.auth.model import AGE_LIMIT, IDLE_LIMIT
from lkcap.kit.db import Connection
from lkcap.kit.sql import query
from lkcap.profile.agents import named

LIST_SESSIONS = query("profile/list_sessions")
LIST_LOGINS = query("profile/list_logins")
END_ONE_SESSION = query("profile/end_one_session")
END_ALL_SESSIONS = query("profile/end_all_sessions")

SESSIONS_MAX = 50
LOGINS_MAX = 20

# What became of an attempt, as its owner reads it.
OUTCOMES = {
    "opened": "Вход",
    "opened_once": "Вход с одноразовым паролем",
    "wrong_password": "Неверный пароль",
    "wrong_code": "Неверный код из приложения",
    "blocked": "Вход закрыт фондом",
    "ambiguous": "Пароль подошёл двоим, никого не впустили",
    "new_password": "Задан новый пароль",
}


@dataclass(frozen=True, slots=True)
class Session:
    """A browser that is logged in; `handle` names it among those of its login."""

    handle: str
    is_this: bool
    address: str
    agent: str
    created_at: datetime
    seen_at: datetime

    @property
    def device(self) -> str:
        return named(self.agent)


@dataclass(frozen=True, slots=True)
class Attempt:
    """One attempt to open the login; `outcome` is one of `OUTCOMES`."""

    at: datetime
    address: str
    agent: str
    outcome: str
    is_known_device: bool

    @property
    def device(self) -> str:
        return named(self.agent)

    @property
    def told(self) -> str:
        return OUTCOMES.get(self.outcome, self.outcome)


async def list_sessions(
    conn: Connection, subscriber_id: int, token_hash: bytes, now: datetime
) -> Sequence[Session]:
    """This browser first, then by when they were last seen."""
    return await conn.list(
        LIST_SESSIONS,
        Session,
        subscriber_id=subscriber_id,
        token_hash=token_hash,
        idle_since=now - IDLE_LIMIT,
        begun_since=now - AGE_LIMIT,
        most=SESSIONS_MAX,
    )


async def list_logins(
    conn: Connection, subscriber_id: int, most: int = LOGINS_MAX
) -> Sequence[Attempt]:
    return await conn.list(LIST_LOGINS, Attempt, subscriber_id=subscriber_id, most=most)


async def end_one(conn: Connection, subscriber_id: int, handle: str) -> bool:
    """False where the login has no such session (any more)."""
    return await conn.run(END_ONE_SESSION, subscriber_id=subscriber_id, handle=handle) > 0


async def end_all(conn: Connection, subscriber_id: int) -> None:
    await conn.run(END_ALL_SESSIONS, subscriber_id=subscriber_id)
