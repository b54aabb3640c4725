"""«Отписаться» from a reminder, without login (RFC 8058), and back."""

from typing import NoReturn

from aiohttp import web

from lkcap.kit.db import connection, transaction
from lkcap.kit.errors import NotFound
from lkcap.kit.keys import CONFIG
from lkcap.kit.pages import render
from lkcap.kit.security import public, without_token
from lkcap.mailing.unsubscribe import read
from lkcap.profile import queries
from lkcap.profile.model import REMINDERS


def _who(request: web.Request) -> tuple[int, str]:
    """(subscriber_id, kind); raises NotFound for what we have not signed."""
    who = read(request.app[CONFIG], request.match_info["token"])
    if who is None:
        raise NotFound
    return who


async def _set(request: web.Request, *, wanted: bool) -> None:
    subscriber_id, kind = _who(request)
    async with transaction(request.app) as conn:
        kinds = await queries.list_reminders(conn, subscriber_id)
        kinds = kinds | {kind} if wanted else kinds - {kind}
        await queries.set_reminders(conn, subscriber_id, kinds)


async def _page(request: web.Request) -> web.Response:
    subscriber_id, kind = _who(request)
    async with connection(request.app) as conn:
        kinds = await queries.list_reminders(conn, subscriber_id)
    context = {
        "is_on": kind in kinds,
        "words": REMINDERS[kind],
        "token": request.match_info["token"],
    }
    return await render("mailing/unsubscribe.html", request, context)


@public
async def show(request: web.Request) -> web.Response:
    """A button and nothing more: programs that look into letters open their links."""
    return await _page(request)


@public
@without_token
async def send(request: web.Request) -> web.Response:
    """The mail program's one click, or the button's; said twice, it is the same."""
    await _set(request, wanted=False)
    return await _page(request)


@public
async def back(request: web.Request) -> NoReturn:
    """It was a mistake."""
    await _set(request, wanted=True)
    raise web.HTTPSeeOther(f"/unsubscribe/reminder/{request.match_info['token']}")
