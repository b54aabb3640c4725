"""The second step of a login: a code of another device, before anything is opened."""

import hashlib
import re
from contextlib import suppress
from datetime import datetime, timedelta

from aiohttp import web
from aiohttp_session import get_session
from cryptography.fernet import InvalidToken

from lkcap.auth import queries, totp
from lkcap.auth.pace import forgive, hold_code_back
from lkcap.auth.queries import Entry
from lkcap.auth.service import open_session, visit_of
from lkcap.kit.db import transaction
from lkcap.kit.keys import CLOCK, CONFIG

# Where the encrypted cookie keeps that the password was right, and for how long.
HALF = "half"
LIFETIME = timedelta(minutes=10)


async def ask_code(request: web.Request, entry: Entry, *, is_known_device: bool) -> None:
    until = request.app[CLOCK].now() + LIFETIME
    (await get_session(request))[HALF] = {
        "subscriber": entry.subscriber_id,
        "account": entry.account_id,
        "changed": _text(entry.password_changed_at),
        "once": _text(entry.one_time_made_at),
        "known": is_known_device,
        "until": until.isoformat(),
    }


async def awaited(request: web.Request) -> Entry | None:
    """Whose code is awaited in this browser; None when nobody's, or for too long."""
    half = (await get_session(request)).get(HALF)
    if half is None or request.app[CLOCK].now() >= datetime.fromisoformat(half["until"]):
        return None
    changed, once = _moment(half["changed"]), _moment(half["once"])
    return Entry(half["subscriber"], half["account"], changed, once)


async def enter_with_code(request: web.Request, entry: Entry, code: str) -> bool:
    """Open the session if the code fits and was not used before. Raises TooMany."""
    app = request.app
    is_known = (await get_session(request))[HALF]["known"]
    counter = await hold_code_back(request, entry.subscriber_id, is_known=is_known)
    if not await _spend(app, entry.subscriber_id, code):
        visit, now = visit_of(request, is_known_device=is_known), app[CLOCK].now()
        async with transaction(app) as conn:
            await queries.add_login_events(conn, [entry.subscriber_id], visit, "wrong_code", now)
        return False
    await forgive(app, [counter])
    return await open_session(request, entry, is_known_device=is_known)


async def _spend(app: web.Application, subscriber_id: int, code: str) -> bool:
    """Whether it is the code of now, or a spare one; neither can be used again."""
    async with transaction(app) as conn:
        kept = await queries.get_totp(conn, subscriber_id)
        if kept.totp_secret is None:
            return False
        step = None
        # a key that is gone takes the application's codes with it, not the spare ones
        with suppress(InvalidToken):
            secret = totp.decrypted(app[CONFIG], kept.totp_secret)
            step = totp.accepts(secret, code, app[CLOCK].now(), kept.totp_last_step)
        if step is not None:
            return await queries.spend_code(conn, subscriber_id, step)
        return await queries.spend_recovery_code(conn, subscriber_id, recovery_hash(code))


def recovery_hash(code: str) -> bytes:
    """What is stored of a spare code; dashes, blanks and capitals do not count."""
    return hashlib.sha256(re.sub(r"[^0-9a-z]", "", code.lower()).encode()).digest()


def _text(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
