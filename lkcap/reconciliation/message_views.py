"""Отклонённые сообщения: what came to the banks' addresses and was not believed."""

from aiohttp import web

from lkcap.kit.db import connection
from lkcap.kit.pages import render
from lkcap.kit.paging import page_of, read_before
from lkcap.reconciliation import messages
from lkcap.reconciliation.messages import SHOWN
from lkcap.reconciliation.words import TABLES
from lkcap.staff.role import Role
from lkcap.staff.roles import for_roles


@for_roles(Role.ACCOUNTANT)
async def show_refused(request: web.Request) -> web.Response:
    async with connection(request.app) as conn:
        found = await messages.list_refused(conn, read_before(request))
    shown, older = page_of(found, SHOWN, lambda one: one.message_id)
    context = {"messages": shown, "older": older, **TABLES}
    return await render("reconciliation/refused.html", request, context)
