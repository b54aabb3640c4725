"""Closed by default: a page without @public needs a reader; the fund's desk has its own door."""

from aiohttp import web

from lkcap.auth.model import Reader
from lkcap.auth.service import find_reader
from lkcap.kit.answers import turn_away
from lkcap.kit.keys import Handler
from lkcap.kit.pages import READER
from lkcap.kit.persons import SUBSCRIBER, Person, arrive
from lkcap.kit.security import is_desk, is_public

NEW_PASSWORD = "/settings/password/new"  # noqa: S105 - an address
# What a one-time password opens.
OPEN_ONCE = {NEW_PASSWORD, "/logout"}
# Who came with one. To every other page, and to the header, he is nobody.
LIMITED_READER = web.RequestKey("lkcap_limited_reader", Reader)


@web.middleware
async def door(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Find the reader; an anonymous one is sent to the front page, what he wanted is noted."""
    if isinstance(request.match_info.route.resource, web.StaticResource) or is_desk(request):
        return await handler(request)
    reader = await find_reader(request)
    if reader is not None and reader.is_limited:
        request[LIMITED_READER] = reader
        _keep_limited(request)
    elif reader is not None:
        request[READER] = reader
        current = reader.current.account_id
        await arrive(request, Person(SUBSCRIBER, reader.subscriber_id, current))
    elif not is_public(request):
        await turn_away(request, "wanted")
        raise web.HTTPSeeOther("/")
    return await handler(request)


def _keep_limited(request: web.Request) -> None:
    resource = request.match_info.route.resource
    opens = resource is not None and resource.canonical in OPEN_ONCE
    if not opens and not is_public(request):
        raise web.HTTPSeeOther(NEW_PASSWORD)
