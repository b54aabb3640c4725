"""What browsers and robots ask for by themselves."""

from typing import NoReturn

from aiohttp import web

from lkcap.kit.pages import static_url
from lkcap.kit.security import public


@public
async def favicon(request: web.Request) -> NoReturn:
    raise web.HTTPMovedPermanently(static_url(request.app, "img/mark.svg"))


@public
async def robots(_: web.Request) -> web.Response:
    """A search engine needs the front page and nothing behind it."""
    return web.Response(text="User-agent: *\nAllow: /$\nAllow: /fund\nDisallow: /\n")


ROUTES = [
    web.get("/favicon.ico", favicon, name="favicon"),
    web.get("/robots.txt", robots, name="robots"),
]
