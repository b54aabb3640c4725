"""The desk's door handle, its first page, and the employee's own password."""

from typing import NoReturn

from aiohttp import web
from aiohttp_session import get_session

from lkcap.kit.pages import WORKER, render
from lkcap.kit.security import public
from lkcap.staff import service
from lkcap.staff.forms import LoginForm, PasswordForm
from lkcap.staff.model import worker_of
from lkcap.staff.pace import forgive, hold_back
from lkcap.staff.roles import for_everybody, while_password_is_one_time

HOME = "/staff"
WRONG = "Логин, пароль и код вместе не подошли. Код меняется каждые 30 секунд и годится один раз"


@public
async def login_page(request: web.Request) -> web.Response:
    if request.get(WORKER):
        raise web.HTTPSeeOther(HOME)
    return await render("staff/login.html", request, {"form": LoginForm()})


@public
async def login(request: web.Request) -> web.Response:
    form = await LoginForm.read(request)
    counters = await hold_back(request, form.login.data or "")
    wanted = (await get_session(request)).get("wanted_at_desk", HOME)
    if form.validate():
        said = (form.login.data or "", form.password.data or "", form.code.data or "")
        if await service.log_in(request, *said):
            await forgive(request.app, counters)
            raise web.HTTPSeeOther(wanted)
        form.refuse("login", WRONG)
    return await render("staff/login.html", request, {"form": form}, status=422)


@for_everybody
@while_password_is_one_time
async def logout(request: web.Request) -> NoReturn:
    await service.log_out(request)
    raise web.HTTPSeeOther("/staff/login")


@for_everybody
async def home(request: web.Request) -> NoReturn:
    """The first section of his role."""
    raise web.HTTPSeeOther(worker_of(request).sections[0].path)


@for_everybody
@while_password_is_one_time
async def password_page(request: web.Request) -> web.Response:
    return await render("staff/password.html", request, {"form": PasswordForm()})


@for_everybody
@while_password_is_one_time
async def password(request: web.Request) -> web.Response:
    form, worker = await PasswordForm.read(request), worker_of(request)
    if form.validate():
        said = (form.current.data or "", form.new.data or "")
        if await service.change_password(request, worker, *said):
            raise web.HTTPSeeOther(HOME)
        form.refuse("current", "Это не ваш нынешний пароль")
    return await render("staff/password.html", request, {"form": form}, status=422)
