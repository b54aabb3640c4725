"""What an employee does with an application: take it, give it back, open the access, refuse.

Every function locks the row first: two employees never handle one application twice, and the same
button pressed again changes nothing.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from aiohttp import web

from lkcap.accounts.queries import list_by_number
from lkcap.auth.one_time import issue
from lkcap.kit.db import Connection, transaction
from lkcap.kit.keys import CLOCK, CONFIG
from lkcap.kit.sql import query
from lkcap.mail.letter import Letter
from lkcap.mail.outbox import queue
from lkcap.registration.check import examine
from lkcap.registration.holding import Conflict, Locked, give_back, hold, lock
from lkcap.registration.model import LINK_HOURS, State
from lkcap.registration.queries import add_event, set_account

DECIDE = query("registration/decide")
GET_OWNED_ACCOUNT = query("registration/get_owned_account")
ADD_SUBSCRIBER = query("registration/add_subscriber")
LINK_ACCOUNT = query("accounts/link_account")


@dataclass(frozen=True, slots=True)
class _Owned:
    account_id: int
    number: str
    owner_key: str


@dataclass(frozen=True, slots=True)
class _Login:
    subscriber_id: int
    is_new: bool


@asynccontextmanager
async def _held(
    app: web.Application, application_id: int, staff_id: int
) -> AsyncIterator[tuple[Connection, Locked]]:
    """A transaction in which the application is this employee's; raises NotFound, Conflict."""
    async with transaction(app) as conn:
        locked = await lock(conn, application_id)
        await hold(app, conn, locked, staff_id)
        yield conn, locked


async def take(app: web.Application, application_id: int, staff_id: int) -> None:
    """The application is this employee's from now on, and is checked anew.

    Raises NotFound, and Conflict where another has it or it is decided. One taken long ago by
    somebody who fell silent is taken over.
    """
    async with _held(app, application_id, staff_id) as (conn, _):
        await examine(conn, application_id, app[CLOCK].today())


async def release(app: web.Application, application_id: int, staff_id: int) -> None:
    """Give an application back to the queue; of one that is not this employee's nothing changes."""
    async with transaction(app) as conn:
        await give_back(app, conn, await lock(conn, application_id), staff_id)


async def name_account(
    app: web.Application, application_id: int, staff_id: int, number: str
) -> None:
    """Say which account the applicant means, by any of its numbers; then check anew.

    Raises Conflict as `take` does, and where the number means no account or several.
    """
    today = app[CLOCK].today()
    async with _held(app, application_id, staff_id) as (conn, _):
        found = await list_by_number(conn, number, today)
        if not found:
            raise Conflict("Такого лицевого счёта нет")
        if len(found) > 1:
            raise Conflict("Этот номер был у нескольких счетов, назовите нынешний")
        await set_account(conn, application_id, found[0].account_id)
        await examine(conn, application_id, today)
        await add_event(conn, application_id, "account_named", app[CLOCK].now(), staff_id)


async def approve(app: web.Application, application_id: int, staff_id: int) -> bool:
    """Open the account to the applicant's login, made if there is none, and write to him.

    The link is to the owner of today. A new login has no password but the one-time one of the
    letter. False where it was approved before; raises Conflict as `take` does, and where it is
    not known which account is meant.
    """
    async with transaction(app) as conn:
        locked = await lock(conn, application_id)
        if locked.state == State.APPROVED:
            return False
        await hold(app, conn, locked, staff_id)
        if locked.account_id is None:
            raise Conflict("Сначала назовите лицевой счёт: по номеру из заявки он не находится")
        await _decide(app, conn, locked, staff_id, State.APPROVED)
        await queue(app, conn, await _opened(app, conn, locked.account_id, locked.email or ""))
    return True


async def refuse(app: web.Application, application_id: int, staff_id: int, reason: str) -> bool:
    """Say no, with a reason the applicant reads in his letter.

    False where it was refused before; raises Conflict as `take` does.
    """
    reason = reason.strip()
    assert reason, "a refusal has its reason"
    async with transaction(app) as conn:
        locked = await lock(conn, application_id)
        if locked.state == State.REFUSED:
            return False
        await hold(app, conn, locked, staff_id)
        await _decide(app, conn, locked, staff_id, State.REFUSED, reason)
        facts = {
            "account": locked.account,
            "reason": reason,
            "phone": app[CONFIG].fund.phone,
        }
        await queue(app, conn, Letter("application_refused", locked.email or "", facts))
    return True


async def _opened(app: web.Application, conn: Connection, account_id: int, email: str) -> Letter:
    """Link the account to the login of the e-mail; the letter that tells of it."""
    clock = app[CLOCK]
    owned = await conn.get(GET_OWNED_ACCOUNT, _Owned, account_id=account_id, today=clock.today())
    login = await conn.get(ADD_SUBSCRIBER, _Login, email=email, now=clock.now())
    await conn.run(
        LINK_ACCOUNT,
        subscriber_id=login.subscriber_id,
        account_id=account_id,
        owner_key=owned.owner_key,
        today=clock.today(),
    )
    password = ""
    if login.is_new:
        password = await issue(app, conn, login.subscriber_id, clock.now(), LINK_HOURS)
    facts = {
        "login": email,
        "password": password,
        "link": f"{app[CONFIG].public_url}/login",
        "hours": LINK_HOURS,
        "account": owned.number,
    }
    return Letter("application_approved", email, facts, login.subscriber_id, account_id)


async def _decide(
    app: web.Application,
    conn: Connection,
    locked: Locked,
    staff_id: int,
    state: State,
    reason: str | None = None,
) -> None:
    now, application_id = app[CLOCK].now(), locked.application_id
    await conn.run(
        DECIDE,
        application_id=application_id,
        state=str(state),
        staff_id=staff_id,
        now=now,
        reason=reason,
    )
    await add_event(conn, application_id, str(state), now, staff_id)
