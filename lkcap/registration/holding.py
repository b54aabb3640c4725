"""Whose an application is just now: the row is locked, then taken by one employee at a time."""

from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus

from aiohttp import web

from lkcap.kit.db import Connection
from lkcap.kit.errors import DomainError
from lkcap.kit.keys import CLOCK
from lkcap.kit.sql import query
from lkcap.registration.model import STALE_TAKE, State
from lkcap.registration.queries import add_event

LOCK_APPLICATION = query("registration/lock_application")
TAKE = query("registration/take")
RELEASE = query("registration/release")


class Conflict(DomainError):
    """The application is not where the employee has seen it last; the message says where."""

    status = HTTPStatus.CONFLICT
    is_for_reader = True
    title = "Заявка изменилась"


@dataclass(frozen=True, slots=True)
class Locked:
    """What a decision needs to know of the application whose row is locked."""

    application_id: int
    state: str
    taken_by: int | None
    taken_at: datetime | None
    email: str | None
    account: str | None
    account_id: int | None


async def lock(conn: Connection, application_id: int) -> Locked:
    """Wait for whoever has the row; it is ours until the transaction ends. Raises NotFound."""
    return await conn.get(LOCK_APPLICATION, Locked, application_id=application_id)


async def hold(app: web.Application, conn: Connection, locked: Locked, staff_id: int) -> None:
    """Make the application this employee's; raises Conflict where it cannot be.

    One taken long ago by somebody who fell silent is taken over.
    """
    now = app[CLOCK].now()
    if locked.state in (State.UNCONFIRMED, State.EXPIRED):
        raise Conflict("Заявитель ещё не подтвердил свою почту")
    if locked.state in (State.APPROVED, State.REFUSED):
        raise Conflict("По этой заявке уже есть решение")
    if locked.taken_at is not None and locked.taken_by != staff_id:
        if now - locked.taken_at < STALE_TAKE:
            raise Conflict("Эту заявку уже рассматривает другой сотрудник")
        await add_event(conn, locked.application_id, "released", now)
    if locked.taken_by != staff_id:
        await conn.run(TAKE, application_id=locked.application_id, staff_id=staff_id, now=now)
        await add_event(conn, locked.application_id, "taken", now, staff_id)


async def give_back(app: web.Application, conn: Connection, locked: Locked, staff_id: int) -> None:
    """To the queue, if it is this employee's."""
    if locked.state == State.TAKEN and locked.taken_by == staff_id:
        await conn.run(RELEASE, application_id=locked.application_id)
        await add_event(conn, locked.application_id, "released", app[CLOCK].now(), staff_id)
