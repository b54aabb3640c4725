"""The front page and the door handle."""

from typing import NoReturn

from aiohttp import web
from aiohttp_session import get_session

from lkcap.auth.devices import remember
from lkcap.auth.door import LIMITED_READER, NEW_PASSWORD
from lkcap.auth.entry import Passed, Step, log_in, step_of
from lkcap.auth.forms import CodeForm, LoginForm, NewPasswordForm, RestoreForm
from lkcap.auth.restore import restore
from lkcap.auth.second import awaited, enter_with_code
from lkcap.auth.service import find_weakness, log_out, set_new_password
from lkcap.kit.db import connection
from lkcap.kit.pages import FRONT_FACTS, READER, render
from lkcap.kit.security import public

HOME = "/account"
LOGIN = "/login"
WRONG = "Логин или пароль не подходят. Проверьте раскладку и Caps Lock"
WRONG_CODE = "Код не подходит. Дождитесь в приложении следующего и введите его"
# What the browser has kept of these pages goes too: the next one at it may be somebody else.
FORGET = {"Clear-Site-Data": '"cache", "storage"'}


@public
async def front(request: web.Request) -> web.Response:
    if request.get(READER):
        raise web.HTTPSeeOther(HOME)
    if request.get(LIMITED_READER):
        raise web.HTTPSeeOther(NEW_PASSWORD)
    if request.path == LOGIN and await awaited(request):
        return await render("auth/code.html", request, {"form": CodeForm()})
    return await _front(request, LoginForm())


async def _front(request: web.Request, form: LoginForm, status: int = 200) -> web.Response:
    context = {"form": form, **await request.app[FRONT_FACTS](request)}
    return await render("auth/front.html", request, context, status=status)


@public
async def login(request: web.Request) -> web.Response:
    """Name and password; of whom has switched it on, then a code."""
    if "code" in await request.post():
        return await _code(request)
    form = await LoginForm.read(request)
    wanted = (await get_session(request)).get("wanted", HOME)
    if form.validate():
        passed = await log_in(request, form.login.data or "", form.password.data or "")
        if passed is not None:
            raise _leading(request, passed, wanted)
        form.refuse("login", WRONG)
    return await _front(request, form, 422)


async def _code(request: web.Request) -> web.Response:
    form, entry = await CodeForm.read(request), await awaited(request)
    wanted = (await get_session(request)).get("wanted", HOME)
    if entry is None:
        raise web.HTTPSeeOther("/")
    if form.validate():
        if await enter_with_code(request, entry, form.code.data or ""):
            raise _leading(request, Passed(entry.subscriber_id, step_of(entry)), wanted)
        form.refuse("code", WRONG_CODE)
    return await render("auth/code.html", request, {"form": form}, status=422)


def _leading(request: web.Request, passed: Passed, wanted: str) -> web.HTTPSeeOther:
    places = {Step.CABINET: wanted, Step.NEW_PASSWORD: NEW_PASSWORD, Step.CODE: LOGIN}
    answer = web.HTTPSeeOther(places[passed.step])
    if passed.step is Step.CABINET:
        remember(request, answer, passed.subscriber_id)
    return answer


async def logout(request: web.Request) -> NoReturn:
    await log_out(request)
    raise web.HTTPSeeOther("/", headers=FORGET)


@public
async def ask_to_restore(request: web.Request) -> web.Response:
    context = {"form": RestoreForm(), "is_sent": "sent" in request.query}
    return await render("auth/restore.html", request, context)


@public
async def send_restored(request: web.Request) -> web.Response:
    form = await RestoreForm.read(request)
    if form.validate():
        await restore(request, form.account.data or "", form.email.data or "")
        raise web.HTTPSeeOther("/restore?sent=yes")
    context = {"form": form, "is_sent": False}
    return await render("auth/restore.html", request, context, status=422)


async def ask_new_password(request: web.Request) -> web.Response:
    reader = request.get(LIMITED_READER)
    if reader is None:
        raise web.HTTPSeeOther(HOME)
    context = {"form": NewPasswordForm(), "login": reader.known_as}
    return await render("auth/new_password.html", request, context)


async def take_new_password(request: web.Request) -> web.Response:
    reader = request.get(LIMITED_READER)
    if reader is None:
        raise web.HTTPSeeOther(HOME)
    form = await NewPasswordForm.read(request)
    if form.validate():
        new = form.new.data or ""
        async with connection(request.app) as conn:
            weak = await find_weakness(conn, reader.subscriber_id, new)
        if weak is None:
            await set_new_password(request, reader, new)
            raise _leading(request, Passed(reader.subscriber_id, Step.CABINET), HOME)
        form.refuse("new", weak)
    context = {"form": form, "login": reader.known_as}
    return await render("auth/new_password.html", request, context, status=422)
