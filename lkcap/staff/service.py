"""Login and logout of employees, and who stands behind a request of the desk."""

import asyncio
import hashlib
import secrets
from datetime import timedelta

from aiohttp import web
from aiohttp_session import get_session

from lkcap.auth import totp
from lkcap.auth.passwords import PASSWORDS
from lkcap.kit.answers import fresh_session
from lkcap.kit.db import connection, transaction
from lkcap.kit.keys import CLOCK, CONFIG
from lkcap.kit.pages import WORKER
from lkcap.staff import queries
from lkcap.staff.journal import Subject, note
from lkcap.staff.model import Worker
from lkcap.staff.pace import forgive, hold_code_back

# Much shorter than the idle limit, so that who works is never logged out.
TOUCH_EVERY = timedelta(minutes=1)
SESSION = "desk"


def _hash(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()


async def find_worker(request: web.Request) -> Worker | None:
    """The employee of this browser, or None."""
    token = (await get_session(request)).get(SESSION)
    if token is None:
        return None
    now = request.app[CLOCK].now()
    async with connection(request.app) as conn:
        worker = await queries.find_worker(conn, _hash(token), now)
        if worker is not None and now - worker.seen_at > TOUCH_EVERY:
            await queries.touch_session(conn, worker.token_hash, now)
    return worker


async def log_in(request: web.Request, login: str, password: str, code: str) -> bool:
    """Open a session when login, password and one-time code fit together; else one answer.

    Each part is checked whatever the others say, so that time tells nothing.
    """
    now = request.app[CLOCK].now()
    async with connection(request.app) as conn:
        employee = await queries.find_employee(conn, login.strip())
    known = employee if employee and employee.may_enter(now) else None
    fits = await request.app[PASSWORDS].fits(known.password_hash if known else None, password)
    if known is None or not fits:
        await _note_failure(request, login)
        return False
    guesses = await hold_code_back(request.app, known.staff_id)
    secret = totp.decrypted(request.app[CONFIG], known.totp_secret)
    step = totp.accepts(secret, code, now, known.totp_last_step)
    token = secrets.token_urlsafe(32)
    if step is None or not await _enter(request, known.staff_id, step, token):
        await _note_failure(request, login)
        return False
    await forgive(request.app, (guesses,))
    # a new session with a new CSRF token: what was planted before login is worth nothing
    session = await fresh_session(request)
    session[SESSION] = token
    return True


async def _enter(request: web.Request, staff_id: int, step: int, token: str) -> bool:
    now = request.app[CLOCK].now()
    async with transaction(request.app) as conn:
        if not await queries.spend_code(conn, staff_id, step):
            return False
        await queries.add_session(conn, _hash(token), staff_id, now)
        request[WORKER] = await queries.find_worker(conn, _hash(token), now)
        await note(request, conn, "вошёл")
    return True


async def _note_failure(request: web.Request, login: str) -> None:
    async with transaction(request.app) as conn:
        await note(request, conn, "не вошёл", Subject("логин", login.strip()[:100]))


async def log_out(request: web.Request) -> None:
    session = await get_session(request)
    if token := session.get(SESSION):
        async with transaction(request.app) as conn:
            await queries.end_session(conn, _hash(token))
            await note(request, conn, "вышел")
    session.invalidate()


async def change_password(request: web.Request, worker: Worker, current: str, new: str) -> bool:
    """False when the current password is not his. Ends his sessions in other browsers."""
    passwords = request.app[PASSWORDS]
    async with connection(request.app) as conn:
        password_hash = await queries.get_password_hash(conn, worker.staff_id)
    if not await passwords.fits(password_hash, current):
        return False
    made = await asyncio.to_thread(passwords.hash, new)
    async with transaction(request.app) as conn:
        await queries.set_own_password(conn, worker, made)
        await note(request, conn, "сменил свой пароль")
    return True
