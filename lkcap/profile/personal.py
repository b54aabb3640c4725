"""What the site holds about a login: shown, taken apart, and wiped at its owner's word (152-ФЗ)."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from aiohttp import web

from lkcap.auth.model import Reader
from lkcap.kit.db import Connection, transaction
from lkcap.kit.keys import CLOCK, CONFIG
from lkcap.kit.sql import query
from lkcap.mail.outbox import queue
from lkcap.profile import devices, letters, queries
from lkcap.profile.model import Login

LIST_LINKS = query("profile/list_links")
LIST_LETTERS = query("profile/list_letters")
LIST_SHARES = query("profile/list_shares")
LIST_APPLICATIONS = query("profile/list_applications")
LOCK_LOGIN = query("profile/lock_login")
UNLINK = query("profile/unlink")
WIPE_LETTERS = query("profile/wipe_letters")
WIPE_APPLICATIONS = query("profile/wipe_applications")
WIPE_LOGIN = query("profile/wipe_login")

# More than a login gathers in years; what is exported must end somewhere.
ROWS_MAX = 10_000


@dataclass(frozen=True, slots=True)
class Link:
    number: str
    linked_on: date
    is_his: bool
    receipts_since: datetime | None


@dataclass(frozen=True, slots=True)
class Share:
    """An account opened to somebody (`is_given`, with how his owner calls him), or to the login."""

    number: str
    is_given: bool
    called: str | None
    email: str | None
    may: str
    invited_at: datetime
    accepted_at: datetime | None
    visited_at: datetime | None


@dataclass(frozen=True, slots=True)
class SentLetter:
    name: str
    recipient: str
    account: str | None
    state: str
    queued_at: datetime
    ended_at: datetime | None


@dataclass(frozen=True, slots=True)
class Application:
    """As its sender told it."""

    made_at: datetime
    state: str
    address: str | None
    account: str | None
    email: str | None
    last_name: str | None
    first_name: str | None
    middle_name: str | None
    organization: str | None
    inn: str | None
    phone: str | None
    document_type: str | None
    document_number: str | None
    document_date: date | None
    sent_from: str | None
    consent_at: datetime
    consent_version: date
    reason: str | None


async def list_links(conn: Connection, subscriber_id: int, today: date) -> Sequence[Link]:
    """Accounts of the login, those too that have another owner by now."""
    return await conn.list(LIST_LINKS, Link, subscriber_id=subscriber_id, today=today)


async def gather(conn: Connection, reader: Reader, now: datetime, today: date) -> dict[str, Any]:
    """Everything held about the login and nothing of the fund's books; ready to become JSON."""
    whose = reader.subscriber_id
    login = await queries.get_login(conn, whose, now)
    sent = await conn.list(
        LIST_LETTERS, SentLetter, subscriber_id=whose, email=login.email, most=ROWS_MAX
    )
    told = await conn.list(LIST_APPLICATIONS, Application, email=login.email, most=ROWS_MAX)
    shares = await conn.list(LIST_SHARES, Share, subscriber_id=whose)
    sessions = await devices.list_sessions(conn, whose, reader.token_hash, now)
    return {
        "login": _facts(login),
        "accounts": [asdict(one) for one in await list_links(conn, whose, today)],
        "shared": [asdict(one) for one in shares],
        "reminders": sorted(await queries.list_reminders(conn, whose)),
        "sessions": [_without_handle(asdict(one)) for one in sessions],
        "logins": [asdict(one) for one in await devices.list_logins(conn, whose, ROWS_MAX)],
        "letters": [asdict(one) for one in sent],
        "applications": [asdict(one) for one in told],
    }


def _facts(login: Login) -> dict[str, Any]:
    return {
        "email": login.email,
        "email_to_confirm": login.new_email,
        "created_at": login.created_at,
        "password_changed_at": login.password_changed_at,
        "asks_for_code": login.has_code,
    }


def _without_handle(session: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in session.items() if name != "handle"}


async def unlink(app: web.Application, reader: Reader, account_id: int) -> bool:
    """Take an account out of the login; False where it is the last one that is his today."""
    async with transaction(app) as conn:
        await conn.run(LOCK_LOGIN, subscriber_id=reader.subscriber_id)
        gone = await conn.run(
            UNLINK,
            subscriber_id=reader.subscriber_id,
            account_id=account_id,
            today=app[CLOCK].today(),
        )
    return gone == 1


async def delete_login(app: web.Application, reader: Reader) -> None:
    """Nothing of the person remains in the login, and its address is free; the fund's books and
    the history of payments stay, for the law says so. The last letter tells of it.
    """
    now, whose = app[CLOCK].now(), reader.subscriber_id
    async with transaction(app) as conn:
        await conn.run(LOCK_LOGIN, subscriber_id=whose)
        login = await queries.get_login(conn, whose, now)
        await conn.run(WIPE_LETTERS, subscriber_id=whose, email=login.email, now=now)
        await conn.run(WIPE_APPLICATIONS, email=login.email, now=now)
        await conn.run(WIPE_LOGIN, subscriber_id=whose, now=now)
        await queue(app, conn, letters.login_deleted(app[CONFIG], login, now))
