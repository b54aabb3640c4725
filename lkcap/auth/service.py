"""Login, logout, and who stands behind a request."""

import hashlib
import secrets
from datetime import timedelta

from aiohttp import web
from aiohttp_session import get_session, new_session

from lkcap.auth import queries
from lkcap.auth.model import Reader
from lkcap.auth.passwords import PASSWORDS
from lkcap.kit.db import connection, transaction
from lkcap.kit.keys import CLOCK
from lkcap.kit.numbers import number_key

# How stale `seen_at` may be: a page view seldom writes.
TOUCH_EVERY = timedelta(minutes=5)


def _hash(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()


async def find_reader(request: web.Request) -> Reader | None:
    """The subscriber of this browser, or None for an anonymous reader."""
    token = (await get_session(request)).get("sid")
    if token is None:
        return None
    clock, token_hash = request.app[CLOCK], _hash(token)
    now = clock.now()
    async with connection(request.app) as conn:
        accounts = await queries.list_reader_accounts(conn, token_hash, now, clock.today())
        if not accounts:
            return None
        if now - accounts[0].seen_at > TOUCH_EVERY:
            await queries.touch_session(conn, token_hash, now)
    current = next((one for one in accounts if one.is_current), accounts[0])
    return Reader(current.subscriber_id, tuple(accounts), current, token_hash)


async def log_in(request: web.Request, login: str, password: str) -> bool:
    """Open a session if the password fits one of those the login may mean.

    One number may be of several co-owners, or an old number of two accounts: the password
    decides; if it fits two people, nobody is let in by that number.
    """
    clock, passwords = request.app[CLOCK], request.app[PASSWORDS]
    async with connection(request.app) as conn:
        found = await queries.list_candidates(conn, login.strip(), number_key(login), clock.today())
    hashes: dict[int, str | None] = {one.subscriber_id: one.password_hash for one in found}
    fitting = {
        subscriber_id
        for subscriber_id, password_hash in (hashes or {0: None}).items()
        if await passwords.fits(password_hash, password)
    }
    if len(fitting) != 1:
        return False
    chosen = next(one for one in found if one.subscriber_id in fitting)
    token = secrets.token_urlsafe(32)
    before = (await get_session(request)).get("sid")
    async with transaction(request.app) as conn:
        if before:
            await queries.end_session(conn, _hash(before))
        await queries.add_session(conn, _hash(token), chosen, clock.now())
    # a new session with a new CSRF token: what was planted before login is worth nothing
    session = await new_session(request)
    session["sid"] = token
    return True


async def log_out(request: web.Request) -> None:
    session = await get_session(request)
    if token := session.get("sid"):
        async with transaction(request.app) as conn:
            await queries.end_session(conn, _hash(token))
    session.invalidate()
