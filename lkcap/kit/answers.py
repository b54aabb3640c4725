"""What was typed into a form that came too late: kept for its owner, for an hour.

A session ends while somebody writes. What he has sent then is sealed under SECRET_KEYS, for him
alone and for this browser, and shown to him once when he has logged in; nothing is sent by itself.
Passwords and codes are not among it (`lkcap/kit/forms.py`).
"""

import hashlib
import json
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from aiohttp import web
from aiohttp_session import Session, get_session, new_session
from cryptography.fernet import InvalidToken
from multidict import MultiDict

from lkcap.kit.db import connection, transaction
from lkcap.kit.forms import kept_names
from lkcap.kit.keys import CLOCK, CONFIG
from lkcap.kit.persons import SUBSCRIBER, Person, gone
from lkcap.kit.places import page_of
from lkcap.kit.security import carries_token, cipher
from lkcap.kit.sql import query

KEEP = query("answers/keep")
FIND = query("answers/find")
DROP = query("answers/drop")
DROP_OLD = query("answers/drop_old")

LIFETIME = timedelta(hours=1)
# As much as one form may be.
ANSWERS_MAX = 64 * 1024
# In the session's cookie: where they are.
ANSWERS_NOTE = "answers"
# The session had ended, or the page was older than it.
LATE, OLD = "late", "old"


@dataclass(frozen=True, slots=True)
class Note:
    """Where kept answers are: the token of their row, the page that shows them, until when.

    `why` they had to be kept: `LATE` or `OLD`.
    """

    token: str
    page: str
    until: datetime
    why: str


@dataclass(frozen=True, slots=True)
class _Sealed:
    answers: bytes
    about: int | None


async def fresh_session(request: web.Request) -> Session:
    """The session of a login, with a token of its own; what was typed before it is not lost."""
    before = (await get_session(request)).get(ANSWERS_NOTE)
    session = await new_session(request)
    if before is not None:
        session[ANSWERS_NOTE] = before
    return session


async def chosen_before(request: web.Request, subscriber_id: int) -> int | None:
    """The account that his kept answers are about: the login brings him back to it."""
    person = await gone(request)
    is_his = person is not None and (person.kind, person.number) == (SUBSCRIBER, subscriber_id)
    return person.about if person and is_his and await noted(request) else None


async def turn_away(request: web.Request, wanted: str) -> None:
    """Before the login: note in the session, as `wanted`, where he is to be led after it.

    A form whose session has ended is kept, and its page is where he wants to be.
    """
    if request.match_info.http_exception is not None:
        return
    session = await get_session(request)
    if request.method == "GET":
        session[wanted] = str(request.rel_url)
    elif request.method == "POST" and await _is_ours(request):
        person = await gone(request)
        page = await keep(request, person, LATE) if person else None
        if page is not None:
            session[wanted] = page


async def _is_ours(request: web.Request) -> bool:
    """Whether the form carries its token; the body of a stranger may be anything."""
    try:
        return await carries_token(request)
    except web.HTTPException:
        return False


async def keep(request: web.Request, person: Person, why: str) -> str | None:
    """The page that will show the answers to him; None where nothing is worth keeping."""
    page, told = page_of(request), await told_in(request)
    text = json.dumps(list(told.items()), ensure_ascii=False).encode()
    is_worth = any(value.strip() for value in told.values())
    if page is None or not is_worth or len(text) > ANSWERS_MAX:
        return None
    token, now = secrets.token_urlsafe(32), request.app[CLOCK].now()
    async with transaction(request.app) as conn:
        await conn.run(
            KEEP,
            person_kind=person.kind,
            person_id=person.number,
            about=person.about,
            token_hash=_hash(token),
            answers=cipher(request.app[CONFIG]).encrypt(text),
            now=now,
        )
    await note(request, Note(token, page, now + LIFETIME, why))
    return page


async def told_in(request: web.Request) -> MultiDict[str]:
    """The answers of a form that may be kept: fields of the feature's own forms, no secrets."""
    if request.content_type != "application/x-www-form-urlencoded":
        return MultiDict()
    names = kept_names(".".join(request.match_info.handler.__module__.split(".")[:2]))
    sent = (await request.post()).items()
    told = ((k, v.replace("\0", "")) for k, v in sent if k in names and isinstance(v, str))
    return MultiDict(told)


async def find(request: web.Request, person: Person, token: str) -> MultiDict[str] | None:
    """His answers of this browser, empty while he has chosen another account than they are about.

    None where there are none, or another person's.
    """
    async with connection(request.app) as conn:
        found = await conn.find(
            FIND,
            _Sealed,
            person_kind=person.kind,
            person_id=person.number,
            token_hash=_hash(token),
            since=request.app[CLOCK].now() - LIFETIME,
        )
    if found is None:
        return None
    if found.about != person.about:
        return MultiDict()
    try:
        told: Sequence[tuple[str, str]] = json.loads(
            cipher(request.app[CONFIG]).decrypt(bytes(found.answers))
        )
    except InvalidToken:
        # the key is gone, and so are they
        return None
    return MultiDict((name, value) for name, value in told)


async def drop(request: web.Request, token: str) -> None:
    async with transaction(request.app) as conn:
        await conn.run(DROP, token_hash=_hash(token))


async def note(request: web.Request, one: Note | None) -> None:
    """Write into the session where the answers are; None: nowhere any more."""
    session = await get_session(request)
    if one is None:
        session.pop(ANSWERS_NOTE, None)
    else:
        session[ANSWERS_NOTE] = [one.token, one.page, one.until.isoformat(), one.why]


async def noted(request: web.Request) -> Note | None:
    """None where nothing is kept, or for too long."""
    found = (await get_session(request)).get(ANSWERS_NOTE)
    if found is None:
        return None
    token, page, until, why = found
    one = Note(token, page, datetime.fromisoformat(until), why)
    return one if request.app[CLOCK].now() < one.until else None


def _hash(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()
