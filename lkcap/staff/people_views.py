"""Who works at the desk, and what everyone did there: the administrator's two pages."""

import asyncio
from io import BytesIO
from typing import Any, NoReturn

import segno
from aiohttp import web
from argon2 import PasswordHasher
from markupsafe import Markup

from lkcap.kit.asking import asked
from lkcap.kit.db import connection, transaction
from lkcap.kit.errors import NotFound, SenselessQuery
from lkcap.kit.keys import CLOCK, CONFIG
from lkcap.kit.pages import render
from lkcap.kit.paging import page_of, read_before
from lkcap.staff import queries
from lkcap.staff.employees import ADD_EMPLOYEE, DISABLE_EMPLOYEE, RESET_EMPLOYEE, Keys, no_token
from lkcap.staff.forms import EmployeeForm
from lkcap.staff.journal import PAGE, Subject, list_journal, note
from lkcap.staff.model import worker_of
from lkcap.staff.role import TITLES, Role
from lkcap.staff.roles import for_roles


def _employee(login: str) -> Subject:
    return Subject("сотрудник", login)


async def _people(request: web.Request, form: EmployeeForm, status: int = 200) -> web.Response:
    async with connection(request.app) as conn:
        people = await queries.list_employees(conn)
    return await render(
        "staff/people.html", request, {"people": people, "form": form}, status=status
    )


async def _stored(request: web.Request, keys: Keys) -> dict[str, Any]:
    """Hashed aside: it takes 50 ms of a processor."""
    now = request.app[CLOCK].now()
    return await asyncio.to_thread(keys.stored, request.app[CONFIG], PasswordHasher(), now)


async def _shown_once(request: web.Request, login: str, keys: Keys) -> web.Response:
    picture = BytesIO()
    segno.make(keys.address(login)).save(picture, kind="svg", xmldecl=False, svgns=False, scale=4)
    drawn = Markup(picture.getvalue().decode())  # noqa: S704 - a drawing of ours, squares alone
    context = {"login": login, "keys": keys, "picture": drawn}
    return await render("staff/keys.html", request, context)


@for_roles(Role.ADMIN)
async def people(request: web.Request) -> web.Response:
    return await _people(request, EmployeeForm())


@for_roles(Role.ADMIN)
async def add(request: web.Request) -> web.Response:
    form, keys = await EmployeeForm.read(request), Keys.make()
    if not form.validate():
        return await _people(request, form, 422)
    login, role = (form.login.data or "").strip(), str(form.role.data)
    stored = await _stored(request, keys)
    async with transaction(request.app) as conn:
        added = await conn.run(
            ADD_EMPLOYEE,
            login=login,
            name=(form.name.data or "").strip(),
            role=role,
            now=request.app[CLOCK].now(),
            **stored,
        )
        if added:
            await note(request, conn, "завёл сотрудника", _employee(login), TITLES[Role(role)])
    if added:
        return await _shown_once(request, login, keys)
    form.refuse("login", "Такой логин уже есть")
    return await _people(request, form, 422)


@for_roles(Role.ADMIN)
async def reset(request: web.Request) -> web.Response:
    """Shown in the answer to the form and nowhere else: a page that is reopened has no secrets."""
    login, keys = request.match_info["login"], Keys.make()
    stored = await _stored(request, keys)
    await _close(request, login, RESET_EMPLOYEE, "дал новый пароль", stored)
    return await _shown_once(request, login, keys)


@for_roles(Role.ADMIN)
async def disable(request: web.Request) -> NoReturn:
    login = request.match_info["login"]
    if login.lower() == worker_of(request).login.lower():
        raise SenselessQuery("Себе доступ не закрывают: попросите другого администратора.")
    now = request.app[CLOCK].now()
    await _close(request, login, DISABLE_EMPLOYEE, "закрыл доступ", {"now": now})
    raise web.HTTPSeeOther("/staff/people")


async def _close(
    request: web.Request, login: str, change: Any, action: str, said: dict[str, Any]
) -> None:
    """Change an employee and log him out everywhere."""
    async with transaction(request.app) as conn:
        if not await conn.run(change, login=login, **said):
            raise NotFound
        employee = await queries.find_employee(conn, login)
        assert employee is not None
        await conn.run(
            queries.END_OTHER_SESSIONS, staff_id=employee.staff_id, token_hash=no_token()
        )
        await note(request, conn, action, _employee(login))


@for_roles(Role.ADMIN)
async def journal(request: web.Request) -> web.Response:
    login, subject = asked(request, "login"), asked(request, "subject")
    async with connection(request.app) as conn:
        found = await list_journal(conn, login, subject, read_before(request))
    shown, older = page_of(found, PAGE, lambda one: one.journal_id)
    context = {
        "lines": shown,
        "older": older,
        "login": login,
        "subject": subject,
    }
    return await render("staff/journal.html", request, context)
