"""Регистрация: the form, the letter's link, and addresses while one types."""

from http import HTTPStatus

from aiohttp import web

from lkcap.config import Limit
from lkcap.kit.asking import asked
from lkcap.kit.db import connection
from lkcap.kit.keys import CLOCK, CONFIG
from lkcap.kit.limits import count
from lkcap.kit.pages import render
from lkcap.kit.security import public
from lkcap.kit.visitor import sender_address
from lkcap.registration import service
from lkcap.registration.addresses import search_words
from lkcap.registration.forms import RegisterForm
from lkcap.registration.model import CONSENT_VERSION, LINK_HOURS
from lkcap.registration.queries import list_houses

# Somebody who types asks twice a second at most; whoever copies the list asks for ever.
HOUSES = Limit(count=300, seconds=900)
QUERY_MIN, QUERY_MAX = 3, 200


@public
async def show(request: web.Request) -> web.Response:
    return await render("registration/form.html", request, {"form": RegisterForm()})


@public
async def send(request: web.Request) -> web.Response:
    """The same answer whatever is known of the account and the e-mail (contract §3)."""
    await count(request, "register", request.app[CONFIG].limits.register_)
    form = await RegisterForm.read(request)
    answers = form.answers(request.app[CLOCK].today())
    if answers is None:
        return await render("registration/form.html", request, {"form": form}, status=422)
    await service.submit(request.app, answers, sender_address(request))
    raise web.HTTPSeeOther("/register/sent")


@public
async def sent(request: web.Request) -> web.Response:
    return await render("registration/sent.html", request, {"hours": LINK_HOURS})


@public
async def houses(request: web.Request) -> web.Response:
    """At most ten addresses of the fund's houses, never of flats; the field works without it."""
    said = asked(request, "q", QUERY_MAX)
    if len(said) < QUERY_MIN:
        return web.json_response([])
    await count(request, "register-houses", HOUSES)
    async with connection(request.app) as conn:
        return web.json_response(await list_houses(conn, search_words(said)))


@public
async def ask(request: web.Request) -> web.Response:
    """Programs that look into letters open links: opening changes nothing."""
    token = request.match_info["token"]
    sent = await service.get_sent(request.app, token)
    is_late = sent.is_late(request.app[CLOCK].now())
    page = "late" if is_late else "confirmed" if sent.is_confirmed else "confirm"
    status = HTTPStatus.GONE if is_late else HTTPStatus.OK
    context = {"number": sent.application_id, "token": token}
    return await render(f"registration/{page}.html", request, context, status=status)


@public
async def confirm(request: web.Request) -> web.Response:
    """Back to the same address, which then tells what became of it."""
    token = request.match_info["token"]
    await service.get_sent(request.app, token)
    await service.confirm(request.app, token)
    raise web.HTTPSeeOther(request.path)


@public
async def consent(request: web.Request) -> web.Response:
    return await render("registration/consent.html", request, {"version": CONSENT_VERSION})
