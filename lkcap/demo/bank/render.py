"""The bank's own pages: a few templates and one sheet beside the code, no script."""

from datetime import datetime
from pathlib import Path

import jinja2
from aiohttp import web

from lkcap.demo.bank.wire import MOSCOW
from lkcap.kit import money

TEMPLATES = Path(__file__).parent / "templates"
HEADERS = {
    # no form-action: a payer's form ends at the shop, wherever that is
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}


def _clock(at: datetime) -> str:
    """Moscow, as all of the bank."""
    return at.astimezone(MOSCOW).strftime("%d.%m.%Y %H:%M:%S")


_pages = jinja2.Environment(
    loader=jinja2.FileSystemLoader(TEMPLATES),
    autoescape=True,
    undefined=jinja2.StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
_pages.filters |= {"amount": money.data, "clock": _clock}


def render(template: str, *, status: int = 200, **context: object) -> web.Response:
    html = _pages.get_template(template).render(context)
    return web.Response(text=html, status=status, content_type="text/html", headers=HEADERS)


def notice(status: int, title: str, text: str, address: str = "") -> web.Response:
    """A page that tells the payer why there is nothing to pay; `address` leads to the shop."""
    return render("notice.html", status=status, title=title, text=text, address=address)


async def sheet(_: web.Request) -> web.StreamResponse:
    return web.FileResponse(TEMPLATES / "bank.css")


def hung_up(request: web.Request) -> web.Response:
    """The connection breaks before the answer is written."""
    if request.transport:
        request.transport.abort()
    return web.Response()
