"""One-time passwords: sent by letter, each opens once, and only the page where a new one is set."""

from datetime import datetime, timedelta

from aiohttp import web

from lkcap.auth.passwords import PASSWORDS, one_time_password
from lkcap.kit.db import Connection
from lkcap.kit.sql import query

SET_ONE_TIME_PASSWORD = query("auth/set_one_time_password")
HOURS = 24


async def issue(
    app: web.Application, conn: Connection, subscriber_id: int, now: datetime, hours: int = HOURS
) -> str:
    """Make a one-time password in the caller's transaction; returned in clear for the letter.

    It replaces an earlier one and lives `hours`; the ordinary password works until a new one is
    set. The connection is held while the password is hashed.
    """
    password = one_time_password()
    await store(conn, subscriber_id, await app[PASSWORDS].hashed(password), now, hours)
    return password


async def store(
    conn: Connection, subscriber_id: int, password_hash: str, now: datetime, hours: int = HOURS
) -> None:
    """The same for a password that was hashed beforehand."""
    await conn.run(
        SET_ONE_TIME_PASSWORD,
        subscriber_id=subscriber_id,
        password_hash=password_hash,
        now=now,
        expires_at=now + timedelta(hours=hours),
    )
