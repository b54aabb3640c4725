"""Письма: what became of a month's receipts, who cannot be written to, what was written to whom."""

from typing import NoReturn

from aiohttp import web

from lkcap.kit.asking import asked
from lkcap.kit.db import connection, transaction
from lkcap.kit.errors import NotFound, SenselessQuery
from lkcap.kit.keys import CLOCK
from lkcap.kit.month import BadMonth, Month
from lkcap.kit.pages import render
from lkcap.mail.letter import ADDRESS_MAX
from lkcap.mailing import desk_queries as queries
from lkcap.mailing.model import TITLES
from lkcap.staff.journal import Subject, note
from lkcap.staff.role import Role
from lkcap.staff.roles import for_roles

HOME = "/staff/letters"


@for_roles(Role.OPERATOR)
async def show(request: web.Request) -> web.Response:
    month, said = _month(request), _said(request)
    async with connection(request.app) as conn:
        context = {
            "month": month,
            "said": said,
            "counted": await queries.count_month(conn, month),
            "answers": await queries.list_answers(conn, month),
            "refused": await queries.list_refused(conn, said),
            "refused_count": await queries.count_refused(conn),
            "letters": await queries.list_letters(conn, said) if said else [],
            "letters_max": queries.LETTERS_MAX,
            "titles": TITLES,
        }
    if said:
        async with transaction(request.app) as conn:
            await note(request, conn, "искал письма", Subject("запрос", said))
    return await render("mailing/desk.html", request, context)


@for_roles(Role.OPERATOR)
async def lift(request: web.Request) -> NoReturn:
    """Снять отметку: the mailbox works again, or never was to blame."""
    email = str((await request.post()).get("email", "")).replace("\0", "")
    async with transaction(request.app) as conn:
        if not await queries.lift_refused(conn, email):
            raise NotFound
        await note(request, conn, "снял отметку с адреса", Subject("почта", email))
    raise web.HTTPSeeOther(HOME)


def _month(request: web.Request) -> Month:
    """The last closed one when none is said."""
    text = request.query.get("period", "")
    if not text:
        return request.app[CLOCK].open_month() + -1
    try:
        return Month.parse(text)
    except BadMonth as error:
        raise SenselessQuery("Укажите месяц так: 2026-10.") from error


def _said(request: web.Request) -> str:
    return asked(request, "q", ADDRESS_MAX)
