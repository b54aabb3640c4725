"""Rendering: one Jinja environment, one common context, one way to answer with a page."""

import re
from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path
from typing import Any

import aiohttp_jinja2
import jinja2
from aiohttp import web
from markupsafe import Markup

from lkcap.kit import money, words
from lkcap.kit.keys import CLOCK, CONFIG
from lkcap.kit.returning import words_of
from lkcap.kit.security import csrf_token, is_desk
from lkcap.kit.sql import ROOT

TEMPLATES = ROOT / "templates"
STATIC = ROOT / "static"
VISION_COOKIE = "lkcap_vision"

# The manual's sections; a page that is not built yet is not here.
MENU = (
    ("Информация", "/account"),
    ("Выписка", "/statement"),
    ("Оплатить", "/payment"),
    ("История платежей", "/payments"),
    ("Список работ", "/house"),
    ("Новости", "/news"),
    ("Настройки", "/settings"),
)

# Of a file's mark: 72 bits are enough to tell its versions apart, and a page has many addresses.
MARK_LENGTH = 12

STATIC_URLS = web.AppKey("lkcap_static_urls", dict[str, str])

# What the header asks of the reader; auth sets it, so that the kit need not know of accounts.
READER = web.RequestKey("lkcap_reader", object)
# The same of the fund's desk: its employee, whose header takes the place of the reader's.
WORKER = web.RequestKey("lkcap_worker", object)
# What the front page tells besides the login: whoever knows news sets it, auth need not.
FRONT_FACTS: web.AppKey[Callable[[web.Request], Awaitable[Mapping[str, Any]]]] = web.AppKey(
    "lkcap_front_facts"
)


def amount_with_sign(kopecks: int) -> Markup:
    """A movement in a column sum: «+879,97», «−774,47»."""
    return Markup("+") + money.data(kopecks) if kopecks > 0 else money.data(kopecks)


def static_url(app: web.Application, name: str) -> str:
    """The address of a static file with a mark of its content, so that it may be cached for ever.

    aiohttp would read the file for its mark at every call, so the addresses are kept.
    """
    known = app[STATIC_URLS]
    if name not in known:
        resource = app.router["static"]
        assert isinstance(resource, web.StaticResource)
        url = resource.url_for(filename=Path(name))
        known[name] = str(url.with_query(v=url.query["v"][:MARK_LENGTH]))
    return known[name]


class LeanLoader(jinja2.FileSystemLoader):
    """Templates are indented for people; what is sent is not."""

    def get_source(
        self, environment: jinja2.Environment, template: str
    ) -> tuple[str, str, Callable[[], bool]]:
        source, name, is_fresh = super().get_source(environment, template)
        return re.sub(r"^[ \t]+", "", source, flags=re.MULTILINE), name, is_fresh


# Of pages and of letters alike.
FILTERS: dict[str, Callable[..., object]] = {
    "amount": money.data,
    "signed": amount_with_sign,
    "roubles": money.roubles,
    "day_and_month": words.day_and_month,
    "long_date": words.long_date,
    "short_date": words.short_date,
    "month_name": words.month_name,
    "unbroken": words.unbroken,
    "uncapitalised": words.uncapitalised,
    "area": words.square_metres,
    "tel": words.tel,
}


def setup(app: web.Application) -> None:
    app[STATIC_URLS] = {}
    env = aiohttp_jinja2.setup(
        app,
        loader=LeanLoader(TEMPLATES),
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    env.filters |= FILTERS
    env.filters["moment"] = lambda at: words.moment(at.astimezone(app[CLOCK].zone))
    env.filters["day"] = lambda at: words.long_date(at.astimezone(app[CLOCK].zone).date())
    env.globals["menu"] = MENU
    env.globals["plural"] = words.plural
    env.globals["static"] = lambda name: static_url(app, name)


async def render(
    template: str, request: web.Request, context: dict[str, Any], *, status: int = 200
) -> web.Response:
    """A page with the frame's own context: fund, reader, CSRF token, the version for weak sight."""
    frame = {
        "fund": request.app[CONFIG].fund,
        "reader": request.get(READER),
        "worker": request.get(WORKER),
        "is_desk": is_desk(request),
        "csrf": await csrf_token(request),
        "vision": request.cookies.get(VISION_COOKIE) == "large",
        "path": request.path,
        "vision_url": _vision_url(request),
        "today": request.app[CLOCK].today(),
        "about_answers": await words_of(request),
    }
    html = request.app[aiohttp_jinja2.APP_KEY].get_template(template).render(frame | context)
    return web.Response(text=html, status=status, content_type="text/html")


def pdf(body: bytes, name: str) -> web.Response:
    """A document, shown in the browser's own viewer."""
    disposition = f'inline; filename="{name}"'
    return web.Response(
        body=body,
        content_type="application/pdf",
        headers={"Content-Disposition": disposition},
    )


def _vision_url(request: web.Request) -> str:
    """This page in the other version; an address that could leave the site begins anew."""
    page = str(request.rel_url) if request.method == "GET" else request.path
    if page.startswith("//"):
        page = "/"
    other = "normal" if request.cookies.get(VISION_COOKIE) == "large" else "large"
    return f"{page}{'&' if '?' in page else '?'}vision={other}"
