"""Загрузки: every load, the rows it has set aside, and its undoing."""

import asyncio

from aiohttp import web

from lkcap.exchange.undo import UNDOABLE, undo
from lkcap.kit.db import connection, transaction
from lkcap.kit.errors import Refused
from lkcap.kit.keys import CLOCK, CONFIG
from lkcap.kit.pages import render
from lkcap.kit.paging import page_of, read_before
from lkcap.reconciliation import differences, queries
from lkcap.reconciliation.forms import WhyForm
from lkcap.reconciliation.model import Load
from lkcap.reconciliation.queries import SHOWN
from lkcap.reconciliation.words import TABLES
from lkcap.staff.journal import Subject, note
from lkcap.staff.model import worker_of
from lkcap.staff.role import Role
from lkcap.staff.roles import for_roles


@for_roles(Role.ACCOUNTANT)
async def show_all(request: web.Request) -> web.Response:
    async with connection(request.app) as conn:
        found = await queries.list_loads(conn, read_before(request))
    shown, older = page_of(found, SHOWN, lambda one: one.load_id)
    context = {"loads": shown, "older": older, **TABLES}
    return await render("reconciliation/loads.html", request, context)


@for_roles(Role.ACCOUNTANT)
async def show(request: web.Request) -> web.Response:
    return await _page(request, "reconciliation/load.html", WhyForm())


@for_roles(Role.ACCOUNTANT)
async def undoing(request: web.Request) -> web.Response:
    """What will be taken back, before it is."""
    return await _page(request, "reconciliation/undo.html", WhyForm())


async def _page(
    request: web.Request, template: str, form: WhyForm, status: int = 200
) -> web.Response:
    load_id = int(request.match_info["load_id"])
    async with connection(request.app) as conn:
        load = await queries.get_load(conn, load_id)
        context = {
            "load": load,
            "aside": await queries.list_aside(conn, load_id),
            "differences": await differences.list_of_load(conn, load_id),
            "can_undo": _can_undo(load),
            "form": form,
            **TABLES,
        }
    return await render(template, request, context, status=status)


def _can_undo(load: Load) -> bool:
    has_told = load.rows_new > 0 or load.rows_differing > 0
    return load.kind in UNDOABLE and load.undo_load_id is None and has_told


@for_roles(Role.ACCOUNTANT)
async def take_back(request: web.Request) -> web.Response:
    """In a thread, as long as it takes: whoever does not wait finds it done."""
    load_id, form = int(request.match_info["load_id"]), await WhyForm.read(request)
    if not form.validate():
        return await _page(request, "reconciliation/undo.html", form, 422)
    why, config = (form.why.data or "").strip(), request.app[CONFIG]
    try:
        undone = await asyncio.to_thread(
            undo,
            config.database_url.get_secret_value(),
            load_id,
            clock=request.app[CLOCK],
            staff_id=worker_of(request).staff_id,
            why=why,
        )
    except Refused as refused:
        form.refuse("why", f"{refused}"[:1].upper() + f"{refused}"[1:])
        return await _page(request, "reconciliation/undo.html", form, 422)
    async with transaction(request.app) as conn:
        told = f"отменена загрузкой № {undone.undo_load_id}; {why}"
        await note(request, conn, "отменил загрузку", Subject("загрузка", str(load_id)), told)
    raise web.HTTPSeeOther(f"/staff/loads/{load_id}")
