"""Расхождения: one of them with all that was said of it, and an employee's word about it."""

from aiohttp import web

from lkcap.kit.db import connection, transaction
from lkcap.kit.errors import SenselessQuery
from lkcap.kit.keys import CLOCK
from lkcap.kit.money import roubles
from lkcap.kit.pages import render
from lkcap.kit.paging import page_of, read_before
from lkcap.reconciliation import differences
from lkcap.reconciliation.differences import SHOWN, Differing
from lkcap.reconciliation.forms import ReopenForm, SettleForm, WhyForm
from lkcap.reconciliation.words import TABLES
from lkcap.staff.journal import Subject, note
from lkcap.staff.model import worker_of
from lkcap.staff.role import Role
from lkcap.staff.roles import for_roles

ACTIONS = {True: "разобрал расхождение", False: "вернул расхождение"}


@for_roles(Role.ACCOUNTANT)
async def show_settled(request: web.Request) -> web.Response:
    async with connection(request.app) as conn:
        found = await differences.list_settled(conn, read_before(request))
    shown, older = page_of(found, SHOWN, lambda one: one.difference_id)
    context = {"differences": shown, "older": older, **TABLES}
    return await render("reconciliation/settled.html", request, context)


@for_roles(Role.ACCOUNTANT)
async def show(request: web.Request) -> web.Response:
    return await _page(request)


async def _page(
    request: web.Request, form: WhyForm | None = None, status: int = 200
) -> web.Response:
    """`form` is the one that was sent; without it the one that may be."""
    difference_id = int(request.match_info["difference_id"])
    async with connection(request.app) as conn:
        one = await differences.get(conn, difference_id)
        context = {
            "one": one,
            "tellings": await differences.list_tellings(conn, difference_id),
            "words": await differences.list_words(conn, difference_id),
            "form": form or (ReopenForm() if one.is_settled else SettleForm()),
            **TABLES,
        }
    return await render("reconciliation/difference.html", request, context, status=status)


@for_roles(Role.ACCOUNTANT)
async def settle(request: web.Request) -> web.Response:
    return await _say(request, await SettleForm.read(request), is_settled=True)


@for_roles(Role.ACCOUNTANT)
async def reopen(request: web.Request) -> web.Response:
    return await _say(request, await ReopenForm.read(request), is_settled=False)


async def _say(request: web.Request, form: WhyForm, *, is_settled: bool) -> web.Response:
    """Write the word and the journal's line together; raises NotFound, SenselessQuery."""
    if not form.validate():
        return await _page(request, form, 422)
    why, now = (form.why.data or "").strip(), request.app[CLOCK].now()
    async with transaction(request.app) as conn:
        one = await differences.get(conn, int(request.match_info["difference_id"]))
        _check(one, is_settled=is_settled)
        said_by = worker_of(request).staff_id
        await differences.say(conn, one, is_settled=is_settled, why=why, staff_id=said_by, now=now)
        told = f"у нас {roubles(one.ours)}, у них {roubles(one.theirs)}; {why}"
        subject = Subject("расхождение", str(one.difference_id))
        await note(request, conn, ACTIONS[is_settled], subject, told)
    raise web.HTTPSeeOther(one.address)


def _check(one: Differing, *, is_settled: bool) -> None:
    if not one.is_last_word:
        raise SenselessQuery(
            "Это расхождение уже ничего не значит: загрузка отменена или не новая."
        )
    if one.is_settled is is_settled:
        raise SenselessQuery(f"Это расхождение уже {'разобрано' if is_settled else 'открыто'}.")
