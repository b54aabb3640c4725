"""Заявки: the desk's queue, one application on one screen, and the decision."""

from typing import Any, NoReturn

from aiohttp import web

from lkcap.kit.asking import asked
from lkcap.kit.db import connection, transaction
from lkcap.kit.errors import NotFound, SenselessQuery
from lkcap.kit.keys import CLOCK
from lkcap.kit.pages import render
from lkcap.registration import decision, queue
from lkcap.registration.comparison import circumstances, compare, differing
from lkcap.registration.desk_forms import APPROVE, AccountForm, DecisionForm
from lkcap.registration.holding import Conflict
from lkcap.registration.model import EVENTS, STANDINGS, STATES, State
from lkcap.registration.queue import Filter
from lkcap.staff.journal import Subject, note
from lkcap.staff.model import worker_of
from lkcap.staff.role import Role
from lkcap.staff.roles import for_roles

HOME = "/staff/applications"
PAGES_MAX = 10_000
# What the queue may be narrowed to: name in the address → (title, states, only mine).
VIEWS: dict[str, tuple[str, tuple[State, ...], bool]] = {
    "waiting": ("Ждут решения", (State.WAITING, State.TAKEN), False),
    "mine": ("Взяты мной", (State.TAKEN,), True),
    "unconfirmed": ("Без подтверждения", (State.UNCONFIRMED,), False),
    "decided": ("С решением", (State.APPROVED, State.REFUSED, State.EXPIRED), False),
}


@for_roles(Role.OPERATOR)
async def show_queue(request: web.Request) -> web.Response:
    view, page = request.query.get("view", "waiting"), request.query.get("page", "1")
    if view not in VIEWS or not page.isdecimal() or not 1 <= int(page[:6]) <= PAGES_MAX:
        raise SenselessQuery("Такого списка заявок нет.")
    title, states, only_mine = VIEWS[view]
    mine = worker_of(request).staff_id if only_mine else None
    number = asked(request, "account")
    async with connection(request.app) as conn:
        rows = await queue.list_waiting(conn, Filter(states, number, mine), int(page[:6]))
    context = {
        "rows": rows,
        "views": VIEWS,
        "view": view,
        "title": title,
        "page": int(page[:6]),
        "pages": -(-rows[0].total // queue.PAGE) if rows else 1,
        "number": number,
        "states": STATES,
    }
    return await render("registration/desk_queue.html", request, context)


@for_roles(Role.OPERATOR)
async def take_next(request: web.Request) -> NoReturn:
    """The longest waiting one that nobody has; when somebody was quicker, the one after it."""
    staff_id = worker_of(request).staff_id
    async with connection(request.app) as conn:
        rows = await queue.list_waiting(conn, Filter((State.WAITING,)))
    for row in rows:
        try:
            await decision.take(request.app, row.application_id, staff_id)
        except Conflict:
            continue
        raise web.HTTPSeeOther(f"{HOME}/{row.application_id}")
    raise web.HTTPSeeOther(HOME)


@for_roles(Role.OPERATOR)
async def show(request: web.Request) -> web.Response:
    return await _page(request, DecisionForm(), AccountForm())


@for_roles(Role.OPERATOR)
async def decide(request: web.Request) -> web.Response:
    form, application_id = await DecisionForm.read(request), _number(request)
    if not form.validate():
        return await _page(request, form, AccountForm(), 422)
    staff_id = worker_of(request).staff_id
    if form.decision.data == APPROVE:
        await decision.approve(request.app, application_id, staff_id)
        await _note(request, "открыл доступ по заявке")
    else:
        await decision.refuse(request.app, application_id, staff_id, form.told)
        await _note(request, "отказал по заявке")
    raise web.HTTPSeeOther(f"{HOME}/{application_id}")


@for_roles(Role.OPERATOR)
async def take(request: web.Request) -> NoReturn:
    await decision.take(request.app, _number(request), worker_of(request).staff_id)
    raise web.HTTPSeeOther(f"{HOME}/{_number(request)}")


@for_roles(Role.OPERATOR)
async def release(request: web.Request) -> NoReturn:
    await decision.release(request.app, _number(request), worker_of(request).staff_id)
    raise web.HTTPSeeOther(HOME)


@for_roles(Role.OPERATOR)
async def name_account(request: web.Request) -> web.Response:
    form, application_id = await AccountForm.read(request), _number(request)
    if form.validate():
        said, staff_id = form.account.data or "", worker_of(request).staff_id
        try:
            await decision.name_account(request.app, application_id, staff_id, said)
        except Conflict as error:
            form.refuse("account", str(error))
        else:
            raise web.HTTPSeeOther(f"{HOME}/{application_id}")
    return await _page(request, DecisionForm(), form, 422)


async def _page(
    request: web.Request, form: DecisionForm, account_form: AccountForm, status: int = 200
) -> web.Response:
    context = await _known(request) | {"form": form, "account_form": account_form}
    await _note(request, "смотрел заявку")
    return await render("registration/desk_application.html", request, context, status=status)


async def _known(request: web.Request) -> dict[str, Any]:
    """The application with everything that speaks for or against it."""
    application_id, today = _number(request), request.app[CLOCK].today()
    async with connection(request.app) as conn:
        application = await queue.get_application(conn, application_id, today)
        found = await queue.list_findings(conn, application_id)
        context = {
            "one": application,
            "events": await queue.list_events(conn, application_id),
            "earlier": await queue.list_earlier(conn, application_id),
            "access": await queue.list_access(conn, application_id, today),
        }
    return context | {
        "lines": compare(application, found),
        "differing": differing(found),
        "against": circumstances(found),
        "may_decide": application.state == State.WAITING
        or (
            application.state == State.TAKEN and application.taken_by == worker_of(request).staff_id
        ),
        "standings": STANDINGS,
        "states": STATES,
        "event_words": EVENTS,
    }


async def _note(request: web.Request, action: str) -> None:
    async with transaction(request.app) as conn:
        await note(request, conn, action, Subject("заявка", str(_number(request))))


def _number(request: web.Request) -> int:
    text = request.match_info["id"]
    if not text.isdecimal() or len(text) > 9:
        raise NotFound
    return int(text)
