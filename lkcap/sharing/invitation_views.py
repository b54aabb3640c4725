"""The link of an invitation. Programs that look into letters open it: that changes nothing."""

from http import HTTPStatus

from aiohttp import web

from lkcap.auth.devices import remember
from lkcap.auth.model import reader_of
from lkcap.auth.service import open_session
from lkcap.kit.errors import NotFound
from lkcap.kit.pages import READER, render
from lkcap.kit.security import public
from lkcap.sharing import page, service
from lkcap.sharing.forms import NewLoginForm
from lkcap.sharing.model import CONSENT_VERSION, Invitation

HOME = "/account"


def _token(request: web.Request) -> str:
    return request.match_info["token"]


@public
async def ask(request: web.Request) -> web.Response:
    """Who is logged in is asked to accept; else it depends on whether there is a login."""
    if request.get(READER):
        raise web.HTTPSeeOther(f"/invitation/{_token(request)}/accept")
    found = await service.find_invitation(request.app, _token(request))
    return await _page(request, found, NewLoginForm())


@public
async def join(request: web.Request) -> web.Response:
    """A login is made, and open at once: nobody else has the letter."""
    token, form = _token(request), await NewLoginForm.read(request)
    found = await service.find_invitation(request.app, token)
    if found is not None and found.is_for_idle_login:
        return await _accept_first(request, found)
    if found is None or not found.is_for_nobody_yet:
        return await _page(request, found, form)
    if form.validate():
        if weak := service.weakness_of(found, form.new.data or ""):
            form.refuse("new", weak)
        else:
            return await _enter(request, form.new.data or "")
    return await _page(request, found, form)


async def _accept_first(request: web.Request, found: Invitation) -> web.Response:
    """A login without accounts lets nobody in: it gets this one, then its owner logs in."""
    assert found.login_id is not None
    await service.accept(request.app, _token(request), found.login_id)
    raise web.HTTPSeeOther("/login")


async def _enter(request: web.Request, password: str) -> web.Response:
    entry = await service.join(request.app, _token(request), password)
    if entry is None:
        # another browser was first with the same address
        raise web.HTTPSeeOther(request.path)
    await open_session(request, entry, is_known_device=True)
    answer = web.HTTPSeeOther(HOME)
    remember(request, answer, entry.subscriber_id)
    raise answer


async def _page(request: web.Request, found: Invitation | None, form: NewLoginForm) -> web.Response:
    if found is None:
        return await _dead(request)
    context = {"found": found, "form": form, "token": _token(request)}
    status = 422 if form.summary else 200
    return await render("sharing/invitation.html", request, context, status=status)


async def _dead(request: web.Request) -> web.Response:
    """Of another's link no more is told than of one that never was."""
    return await render("sharing/dead.html", request, {}, status=HTTPStatus.NOT_FOUND)


async def confirm(request: web.Request) -> web.Response:
    found = await service.find_invitation(request.app, _token(request))
    if found is None or found.login_id != reader_of(request).subscriber_id:
        return await _dead(request)
    context = {"found": found, "token": _token(request)}
    return await render("sharing/accept.html", request, context)


async def accept(request: web.Request) -> web.Response:
    try:
        await service.accept(request.app, _token(request), reader_of(request).subscriber_id)
    except NotFound:
        return await _dead(request)
    raise await page.done(request, "accepted")


@public
async def consent(request: web.Request) -> web.Response:
    return await render("sharing/consent.html", request, {"version": CONSENT_VERSION})
