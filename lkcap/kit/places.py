"""Which page shows a form: told by our own routes, never by what a browser says."""

import re
from collections.abc import Mapping

from aiohttp import web

from lkcap.kit.keys import Handler

# It must have room in a cookie.
PAGE_MAX = 300
# Forms whose page has several of them: whose the answers were, nobody could tell.
ASKED_ANEW = {"/staff/payments/{}/refund", "/staff/reconciliation/{}"}


def page_of(request: web.Request) -> str | None:
    """Where the form of this address is shown: the nearest page above it, itself first.

    Of our own routes alone: `/settings/receipts` is shown at `/settings`. None where there is no
    such page, or it could not tell whose answers they are.
    """
    resource = request.match_info.route.resource
    shape = shape_of(resource.canonical if resource else "").split("/")
    path = request.rel_url.raw_path.split("/")
    if "/".join(shape) in ASKED_ANEW or len(request.rel_url.raw_path) > PAGE_MAX:
        return None
    pages = {shape_of(one) for one in pages_of(request.app)}
    above = range(len(shape), 1, -1)
    return next(("/".join(path[:n]) for n in above if "/".join(shape[:n]) in pages), None)


def pages_of(app: web.Application) -> Mapping[str, Handler]:
    """What answers GET: the pattern of an address → its view."""
    return {
        route.resource.canonical: route.handler
        for route in app.router.routes()
        if route.method == "GET"
        and isinstance(route.resource, web.PlainResource | web.DynamicResource)
    }


def shape_of(pattern: str) -> str:
    """A pattern without the names of its values, which every address calls as it likes."""
    return re.sub(r"\{\w+\}", "{}", pattern)
