"""Абоненты: the desk finds a login, looks at it, and helps its owner."""

from typing import NoReturn

from aiohttp import web

from lkcap.kit.asking import asked
from lkcap.kit.db import connection, transaction
from lkcap.kit.errors import NotFound
from lkcap.kit.keys import CLOCK
from lkcap.kit.pages import render
from lkcap.profile.devices import list_logins
from lkcap.sharing.queries import list_of_login
from lkcap.staff.journal import Subject, note
from lkcap.staff.role import Role
from lkcap.staff.roles import for_roles
from lkcap.subscribers import queries, service

# A shorter beginning would list the fund's people instead of finding one.
SAID_MIN = 3
SAID_MAX = 254


@for_roles(Role.OPERATOR)
async def search(request: web.Request) -> web.Response:
    said = asked(request, "q", SAID_MAX)
    is_asked = len(said) >= SAID_MIN
    found = []
    if is_asked:
        async with transaction(request.app) as conn:
            found = list(await queries.search(conn, said))
            await note(request, conn, "искал абонента", Subject("запрос", said))
    context = {"said": said, "is_asked": is_asked, "found": found, "most": queries.FOUND_MAX}
    return await render("subscribers/search.html", request, context)


@for_roles(Role.OPERATOR)
async def show(request: web.Request) -> web.Response:
    subscriber_id = _number(request, "id")
    async with connection(request.app) as conn:
        card = await queries.get_card(conn, subscriber_id)
        links = await queries.list_links(conn, subscriber_id, request.app[CLOCK].today())
        logins = await list_logins(conn, subscriber_id)
        shares = await list_of_login(conn, subscriber_id, request.app[CLOCK].today())
    async with transaction(request.app) as conn:
        await note(request, conn, "смотрел карточку", service.subject(card.email))
    context = {"card": card, "links": links, "logins": logins, "shares": shares}
    return await render("subscribers/show.html", request, context)


@for_roles(Role.OPERATOR)
async def send_password(request: web.Request) -> NoReturn:
    await service.send_password(request, _number(request, "id"))
    _back(request)


@for_roles(Role.OPERATOR)
async def block(request: web.Request) -> NoReturn:
    await service.set_blocked(request, _number(request, "id"), is_blocked=True)
    _back(request)


@for_roles(Role.OPERATOR)
async def unblock(request: web.Request) -> NoReturn:
    await service.set_blocked(request, _number(request, "id"), is_blocked=False)
    _back(request)


@for_roles(Role.OPERATOR)
async def switch_code_off(request: web.Request) -> NoReturn:
    await service.switch_code_off(request, _number(request, "id"))
    _back(request)


@for_roles(Role.OPERATOR)
async def unlink(request: web.Request) -> NoReturn:
    await service.unlink(request, _number(request, "id"), _number(request, "account"))
    _back(request)


@for_roles(Role.OPERATOR)
async def revoke(request: web.Request) -> NoReturn:
    await service.revoke(request, _number(request, "id"), _number(request, "share"))
    _back(request)


def _back(request: web.Request) -> NoReturn:
    raise web.HTTPSeeOther(f"/staff/subscribers/{_number(request, 'id')}")


def _number(request: web.Request, name: str) -> int:
    """An identifier of ours; what cannot be one names nothing."""
    text = request.match_info[name]
    if not text.isdecimal() or len(text) > 9:
        raise NotFound
    return int(text)
