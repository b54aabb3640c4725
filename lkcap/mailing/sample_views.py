"""Образцы писем: each letter as its reader gets it, with made-up data."""

from aiohttp import web

from lkcap.kit import security
from lkcap.kit.errors import NotFound
from lkcap.kit.keys import CONFIG
from lkcap.kit.pages import render
from lkcap.mail.message import Texts
from lkcap.mailing.model import TITLES
from lkcap.mailing.samples import sample
from lkcap.staff.role import Role
from lkcap.staff.roles import for_roles

# A letter carries its own style and nothing else; its links lead nowhere from here.
LETTER_POLICY = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'; sandbox"


@for_roles(Role.OPERATOR)
async def show_all(request: web.Request) -> web.Response:
    return await render("mailing/samples.html", request, {"titles": TITLES})


@for_roles(Role.OPERATOR)
async def show(request: web.Request) -> web.Response:
    """The subject and the text; the letter itself stands in a frame."""
    name, texts = _sample(request)
    request[security.POLICY] = security.with_frames(request.app)
    context = {"name": name, "title": TITLES[name], "texts": texts}
    return await render("mailing/sample.html", request, context)


@for_roles(Role.OPERATOR)
async def html(request: web.Request) -> web.Response:
    _, texts = _sample(request)
    request[security.POLICY] = LETTER_POLICY
    return web.Response(text=texts.html, content_type="text/html")


def _sample(request: web.Request) -> tuple[str, Texts]:
    name = request.match_info["name"]
    if name not in TITLES:
        raise NotFound
    return name, sample(request.app[CONFIG], name)
