"""Closed by default: a page without @public needs a reader."""

from aiohttp import web
from aiohttp_session import get_session

from lkcap.auth.service import find_reader
from lkcap.kit.keys import Handler
from lkcap.kit.pages import READER
from lkcap.kit.security import is_public


@web.middleware
async def door(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Find the reader; send an anonymous one to the front page and remember what he wanted."""
    if isinstance(request.match_info.route.resource, web.StaticResource):
        return await handler(request)
    reader = await find_reader(request)
    if reader is not None:
        request[READER] = reader
    elif not is_public(request):
        if request.method == "GET" and request.match_info.http_exception is None:
            (await get_session(request))["wanted"] = str(request.rel_url)
        raise web.HTTPSeeOther("/")
    return await handler(request)
