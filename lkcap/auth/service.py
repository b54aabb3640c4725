"""Who stands behind a request; sessions begin and end here."""

import hashlib
import secrets
from datetime import timedelta

from aiohttp import web
from aiohttp_session import get_session

from lkcap.auth import queries
from lkcap.auth.model import AGENT_MAX, Reader, Visit
from lkcap.auth.newcomer import tell
from lkcap.auth.passwords import PASSWORDS
from lkcap.auth.queries import Entry
from lkcap.auth.strength import weakness
from lkcap.auth.turns import Rank
from lkcap.auth.visits import note_visit
from lkcap.kit.answers import chosen_before, fresh_session
from lkcap.kit.db import Connection, connection, transaction
from lkcap.kit.keys import CLOCK
from lkcap.kit.visitor import visitor_address

# How stale `seen_at` may be: a page view seldom writes.
TOUCH_EVERY = timedelta(minutes=5)


def _hash(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()


def visit_of(request: web.Request, *, is_known_device: bool) -> Visit:
    agent = request.headers.get("User-Agent", "").replace("\0", "")[:AGENT_MAX]
    return Visit(visitor_address(request), agent, is_known_device)


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
        current = next((one for one in accounts if one.is_current), accounts[0])
        if now - current.seen_at > TOUCH_EVERY:
            await queries.touch_session(conn, token_hash, now)
        await note_visit(conn, current, now, TOUCH_EVERY)
    return Reader(current.subscriber_id, tuple(accounts), current, token_hash)


async def open_session(request: web.Request, entry: Entry, *, is_known_device: bool) -> bool:
    """Let him in. False when what he came with is worth nothing any more.

    A one-time password is spent here, and what it opens is limited.
    """
    now, token = request.app[CLOCK].now(), secrets.token_urlsafe(32)
    visit = visit_of(request, is_known_device=is_known_device)
    before = (await get_session(request)).get("sid")
    async with transaction(request.app) as conn:
        is_limited = entry.one_time_made_at is not None
        if is_limited and not await queries.spend_one_time_password(conn, entry, now):
            return False
        if not await queries.add_session(conn, _hash(token), entry, visit, now):
            return False
        if before:
            await queries.end_session(conn, _hash(before))
        if chosen := await chosen_before(request, entry.subscriber_id):
            await queries.switch_account(conn, _hash(token), chosen)
        await tell(request.app, conn, entry.subscriber_id, visit, now)
        outcome = "opened_once" if is_limited else "opened"
        await queries.add_login_events(conn, [entry.subscriber_id], visit, outcome, now)
    await _hand_over(request, token)
    return True


async def _hand_over(request: web.Request, token: str) -> None:
    """A new session with a new CSRF token: what was planted before login is worth nothing."""
    session = await fresh_session(request)
    session["sid"] = token


async def find_weakness(conn: Connection, subscriber_id: int, password: str) -> str | None:
    """Why he may not have this password, a sentence in Russian; None when he may."""
    return weakness(password, await queries.list_own_words(conn, subscriber_id))


async def set_new_password(request: web.Request, reader: Reader, password: str) -> None:
    """Every browser of his is logged out but this one, which gets a session of its own."""
    password_hash = await request.app[PASSWORDS].hashed(password, Rank.KNOWN)
    now, token = request.app[CLOCK].now(), secrets.token_urlsafe(32)
    visit = visit_of(request, is_known_device=True)
    subscriber_id = reader.subscriber_id
    entry = Entry(subscriber_id, reader.current.account_id, now, None)
    async with transaction(request.app) as conn:
        await queries.set_password(conn, subscriber_id, password_hash, now, kept=b"")
        await queries.add_session(conn, _hash(token), entry, visit, now)
        await queries.add_login_events(conn, [subscriber_id], visit, "new_password", now)
    await _hand_over(request, token)


async def log_out(request: web.Request) -> None:
    session = await get_session(request)
    if token := session.get("sid"):
        async with transaction(request.app) as conn:
            await queries.end_session(conn, _hash(token))
    session.invalidate()
