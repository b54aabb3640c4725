"""Pages of payment are for who may pay; who may only look is shown the way that is open to all."""

from functools import wraps
from http import HTTPStatus

from aiohttp import web

from lkcap.auth.model import reader_of
from lkcap.kit.keys import Handler
from lkcap.kit.pages import render


def for_payers(handler: Handler) -> Handler:
    """Of the account now chosen; 403 with «Оплата без регистрации» otherwise."""

    @wraps(handler)
    async def guarded(request: web.Request) -> web.StreamResponse:
        if reader_of(request).current.may_pay:
            return await handler(request)
        return await refused(request)

    return guarded


async def refused(request: web.Request) -> web.Response:
    return await render("auth/view_only.html", request, {}, status=HTTPStatus.FORBIDDEN)
