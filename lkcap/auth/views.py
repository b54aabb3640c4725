"""The front page and the door handle."""

from typing import NoReturn

from aiohttp import web
from aiohttp_session import get_session

from lkcap.auth.forms import LoginForm
from lkcap.auth.service import log_in, log_out
from lkcap.kit.pages import READER, render
from lkcap.kit.security import public

HOME = "/account"
WRONG = "Логин или пароль не подходят. Проверьте раскладку и Caps Lock"


@public
async def front(request: web.Request) -> web.Response:
    if request.get(READER):
        raise web.HTTPSeeOther(HOME)
    return await render("auth/front.html", request, {"form": LoginForm()})


@public
async def login(request: web.Request) -> web.Response:
    form = await LoginForm.read(request)
    wanted = (await get_session(request)).get("wanted", HOME)
    if form.validate():
        if await log_in(request, form.login.data or "", form.password.data or ""):
            raise web.HTTPSeeOther(wanted)
        form.refuse("login", WRONG)
    return await render("auth/front.html", request, {"form": form}, status=422)


async def logout(request: web.Request) -> NoReturn:
    await log_out(request)
    raise web.HTTPSeeOther("/")
