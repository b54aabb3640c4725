"""The cabinet as an application on a phone: its manifest, and the page shown without a network."""

import json
from functools import cache
from typing import Any

import aiohttp_jinja2
from aiohttp import web

from lkcap.config import Fund
from lkcap.kit.keys import CONFIG
from lkcap.kit.pages import STATIC, static_url
from lkcap.kit.security import public

THEME, PAPER = "#0b5945", "#ffffff"
ICONS = (
    ("img/icon-192.png", "192x192", "any"),
    ("img/icon-512.png", "512x512", "any"),
    ("img/icon-maskable-192.png", "192x192", "maskable"),
    ("img/icon-maskable-512.png", "512x512", "maskable"),
)
SHORTCUTS = (
    ("Оплатить", "/payment"),
    ("Информация", "/account"),
    ("Оплата без регистрации", "/pay"),
)
# All that the offline page needs of the site; nothing else is ever kept.
KEPT = ("css/site.css", "img/mark.svg")
WORKER = STATIC / "js" / "sw.js"


@public
async def manifest(request: web.Request) -> web.Response:
    fund = request.app[CONFIG].fund
    told = _told(fund) | {
        "icons": [
            {
                "src": static_url(request.app, name),
                "sizes": size,
                "type": "image/png",
                "purpose": on,
            }
            for name, size, on in ICONS
        ],
        "shortcuts": [{"name": name, "url": address} for name, address in SHORTCUTS],
    }
    text = json.dumps(told, ensure_ascii=False)
    return web.Response(
        text=text,
        content_type="application/manifest+json",
        headers={"Cache-Control": "no-cache"},
    )


def _told(fund: Fund) -> dict[str, Any]:
    return {
        "id": "/",
        "name": f"Личный кабинет. {fund.name}",
        "short_name": fund.short_name or fund.name,
        "description": "Взнос на капитальный ремонт: сколько заплатить, за что и куда он пошёл",
        "lang": "ru",
        "start_url": "/",
        "scope": "/",
        "display": "standalone",
        "theme_color": THEME,
        "background_color": PAPER,
    }


@cache
def _script() -> str:
    return WORKER.read_text("utf-8")


@public
async def worker(request: web.Request) -> web.Response:
    """static/js/sw.js after the fund's offline page: a new telephone makes a new script."""
    app = request.app
    kept = [static_url(app, name) for name in KEPT]
    template = app[aiohttp_jinja2.APP_KEY].get_template("help/offline.html")
    page = template.render(fund=app[CONFIG].fund)
    head = f"const KEPT = {json.dumps(kept)};\nconst PAGE = {json.dumps(page)};\n"
    return web.Response(
        text=head + _script(),
        content_type="text/javascript",
        headers={"Cache-Control": "no-cache"},
    )
