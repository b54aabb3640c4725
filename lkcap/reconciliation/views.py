"""Сверка: what is confirmed, what differs, what is missing, and money of nobody known."""

from datetime import date, datetime, time, timedelta

from aiohttp import web

from lkcap.exchange.fields import BadCell
from lkcap.exchange.fields import day as read_day
from lkcap.kit.db import connection, transaction
from lkcap.kit.errors import SenselessQuery
from lkcap.kit.keys import CLOCK, CONFIG
from lkcap.kit.pages import render
from lkcap.kit.paging import page_of, read_before
from lkcap.reconciliation import differences, messages, queries
from lkcap.reconciliation.differences import SHOWN
from lkcap.reconciliation.forms import AccountForm
from lkcap.reconciliation.suspense import BadAccount, give_account
from lkcap.reconciliation.term import due_since
from lkcap.reconciliation.words import TABLES
from lkcap.staff.journal import Subject, note
from lkcap.staff.model import worker_of
from lkcap.staff.role import Role
from lkcap.staff.roles import for_roles

USUAL_DAYS = 30


@for_roles(Role.ACCOUNTANT)
async def show(request: web.Request) -> web.Response:
    return await _page(request)


async def _page(
    request: web.Request, form: AccountForm | None = None, asked_id: int = 0, status: int = 200
) -> web.Response:
    since, until = _days(request)
    first, before = _instant(request, since), _instant(request, until + timedelta(days=1))
    term = due_since(request.app[CLOCK].today())
    async with connection(request.app) as conn:
        context = {
            "summary": await queries.get_summary(conn, first, before),
            "missing": await queries.list_missing(
                conn, first, min(before, _instant(request, term))
            ),
            "odd": await messages.list_odd(conn, first, before),
            "differing": await queries.list_differing(conn, first, before),
            "suspense": await queries.list_suspense(conn),
            "open": await differences.get_open(conn),
        }
        found = await differences.list_open(conn, read_before(request))
    shown, older = page_of(found, SHOWN, lambda one: one.difference_id)
    context |= {
        "differences": shown,
        "older": older,
        "since": since,
        "until": until,
        "term": term,
        "form": form,
        "asked_id": asked_id,
        **TABLES,
    }
    return await render("reconciliation/show.html", request, context, status=status)


def _days(request: web.Request) -> tuple[date, date]:
    """The days asked, the last thirty unless asked; raises SenselessQuery."""
    today = request.app[CLOCK].today()
    usual = {"since": today - timedelta(days=USUAL_DAYS), "until": today}
    try:
        since, until = (
            date.fromisoformat(read_day(text)) if (text := request.query.get(name, "")) else day
            for name, day in usual.items()
        )
    except BadCell as error:
        raise SenselessQuery(f"День в адресе не понят: {error}.") from error
    if until < since:
        raise SenselessQuery("Последний день раньше первого.")
    return since, until


def _instant(request: web.Request, day: date) -> datetime:
    return datetime.combine(day, time(), request.app[CONFIG].timezone)


@for_roles(Role.ACCOUNTANT)
async def give(request: web.Request) -> web.Response:
    """Money in suspense gets its account, and is booked at once."""
    form, payment_id = await AccountForm.read(request), int(request.match_info["payment_id"])
    if not form.validate():
        return await _page(request, form, payment_id, 422)
    number = (form.account.data or "").strip()
    try:
        async with transaction(request.app) as conn:
            account = await give_account(
                request.app, conn, payment_id, number, worker_of(request).staff_id
            )
            subject = Subject("лицевой счёт", account)
            await note(request, conn, "нашёл счёт платежа", subject, f"платёж {payment_id}")
    except BadAccount as refused:
        form.refuse("account", str(refused))
        return await _page(request, form, payment_id, 422)
    raise web.HTTPSeeOther(f"/staff/payments/{payment_id}")
