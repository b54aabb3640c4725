"""Where the login is open, «Завершить» each and «Выйти везде»; the last attempts to open it."""

from typing import NoReturn

from aiohttp import web
from aiohttp_session import get_session

from lkcap.auth.model import reader_of
from lkcap.kit.db import connection, transaction
from lkcap.kit.errors import NotFound
from lkcap.kit.keys import CLOCK
from lkcap.kit.pages import render
from lkcap.profile import devices, page

PATH = "/settings/devices"


async def show(request: web.Request) -> web.Response:
    reader, now = reader_of(request), request.app[CLOCK].now()
    async with connection(request.app) as conn:
        sessions = await devices.list_sessions(conn, reader.subscriber_id, reader.token_hash, now)
        logins = await devices.list_logins(conn, reader.subscriber_id)
    context = {"sessions": sessions, "logins": logins, "done": await page.told(request)}
    return await render("profile/devices.html", request, context)


async def end(request: web.Request) -> NoReturn:
    """One browser; another login's does not exist."""
    reader, handle = reader_of(request), str((await request.post()).get("session", ""))
    async with transaction(request.app) as conn:
        if not await devices.end_one(conn, reader.subscriber_id, handle):
            raise NotFound
    raise await page.done(request, "ended", PATH)


async def end_all(request: web.Request) -> NoReturn:
    """This browser too."""
    async with transaction(request.app) as conn:
        await devices.end_all(conn, reader_of(request).subscriber_id)
    (await get_session(request)).invalidate()
    raise web.HTTPSeeOther("/")
