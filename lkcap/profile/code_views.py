"""A code from an application at login: set up in two steps, switched off with the password."""

from typing import NoReturn

from aiohttp import web

from lkcap.auth.model import reader_of
from lkcap.kit.db import connection
from lkcap.kit.errors import NotFound
from lkcap.kit.keys import CLOCK, CONFIG
from lkcap.kit.pages import render
from lkcap.profile import page, second_factor, service
from lkcap.profile.forms import WRONG, CodeForm, ConfirmForm
from lkcap.profile.model import Login
from lkcap.profile.queries import get_login

PATH = "/settings/code"
WRONG_CODE = "Код не подходит. Проверьте, что время на телефоне верное, и введите новый код"


async def _login(request: web.Request) -> Login:
    reader = reader_of(request)
    async with connection(request.app) as conn:
        return await get_login(conn, reader.subscriber_id, request.app[CLOCK].now())


async def show(request: web.Request) -> web.Response:
    return await _page(request, ConfirmForm())


async def _page(request: web.Request, form: ConfirmForm) -> web.Response:
    context = {"form": form, "login": await _login(request)}
    status = 422 if form.errors else 200
    return await render("profile/code.html", request, context, status=status)


async def begin(request: web.Request) -> web.Response:
    """The password first: nobody else's telephone must become the second key."""
    form = await _confirmed(request)
    if form.errors:
        return await _page(request, form)
    if (await _login(request)).has_code:
        raise web.HTTPSeeOther(PATH)
    await second_factor.begin(request.app, reader_of(request))
    raise web.HTTPSeeOther(f"{PATH}/new")


async def switch_off(request: web.Request) -> web.Response:
    form = await _confirmed(request)
    if form.errors:
        return await _page(request, form)
    await second_factor.switch_off(request.app, reader_of(request))
    raise await page.done(request, "code_off")


async def _confirmed(request: web.Request) -> ConfirmForm:
    """The form with its mistakes, a wrong password among them."""
    form = await ConfirmForm.read(request)
    if form.validate() and not await service.is_own_password(
        request, reader_of(request), form.password.data or ""
    ):
        form.refuse("password", WRONG)
    return form


async def enrol(request: web.Request) -> web.Response:
    return await _enrolment_page(request, CodeForm())


async def _enrolment_page(request: web.Request, form: CodeForm) -> web.Response:
    enrolment = await second_factor.find_enrolment(request.app, reader_of(request))
    if enrolment is None:
        raise web.HTTPSeeOther(PATH)
    status = 422 if form.errors else 200
    context = {"form": form, "enrolment": enrolment}
    return await render("profile/enrol.html", request, context, status=status)


async def confirm(request: web.Request) -> web.Response:
    form = await CodeForm.read(request)
    if form.validate():
        if await second_factor.confirm(request.app, reader_of(request), form.code.data or ""):
            raise await page.done(request, "code_on")
        form.refuse("code", WRONG_CODE)
    return await _enrolment_page(request, form)


async def picture(request: web.Request) -> web.Response:
    """PNG of the secret, for the reader who is setting it up alone."""
    enrolment = await second_factor.find_enrolment(request.app, reader_of(request))
    if enrolment is None:
        raise NotFound
    login = await _login(request)
    body = second_factor.picture(request.app[CONFIG], login.email, enrolment.secret)
    return web.Response(body=body, content_type="image/png")


async def back(_: web.Request) -> NoReturn:
    """The address of a form, opened anew."""
    raise web.HTTPSeeOther(PATH)
