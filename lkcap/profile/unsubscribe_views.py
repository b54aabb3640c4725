"""«Отписаться» from a letter, without login (RFC 8058), and back."""

from typing import NoReturn

from aiohttp import web

from lkcap.kit.db import connection
from lkcap.kit.errors import NotFound
from lkcap.kit.keys import CLOCK, CONFIG
from lkcap.kit.pages import render
from lkcap.kit.security import public, without_token
from lkcap.profile import queries, service, unsubscribe
from lkcap.references.words import masked


def _who(request: web.Request) -> tuple[int, int]:
    """(subscriber_id, account_id); raises NotFound for what we have not signed."""
    who = unsubscribe.read(request.app[CONFIG], request.match_info["token"])
    if who is None:
        raise NotFound
    return who


async def _page(request: web.Request, subscriber_id: int, account_id: int) -> web.Response:
    async with connection(request.app) as conn:
        found = await queries.get_subscription(
            conn, subscriber_id, account_id, request.app[CLOCK].today()
        )
    context = {
        "subscription": found,
        "number": masked(found.number),
        "token": request.match_info["token"],
    }
    return await render("profile/unsubscribe.html", request, context)


@public
async def show(request: web.Request) -> web.Response:
    """A button and nothing more: programs that look into letters open their links."""
    return await _page(request, *_who(request))


@public
@without_token
async def send(request: web.Request) -> web.Response:
    """The mail program's one click, or the button's; whoever holds the letter may. Said twice, it
    is the same.
    """
    subscriber_id, account_id = _who(request)
    await service.set_receipts(request.app, subscriber_id, account_id, wanted=False)
    return await _page(request, subscriber_id, account_id)


@public
async def back(request: web.Request) -> NoReturn:
    """It was a mistake: receipts come again, if the account is still the subscriber's."""
    subscriber_id, account_id = _who(request)
    await service.set_receipts(request.app, subscriber_id, account_id, wanted=True)
    raise web.HTTPSeeOther(f"/unsubscribe/{request.match_info['token']}")
