"""«Настройки»: receipts by mail, reminders, the password and the address (manual §3.8)."""

from typing import NoReturn

from aiohttp import web

from lkcap.auth.devices import remember
from lkcap.auth.model import OwnersAlone, reader_of
from lkcap.kit.db import connection, transaction
from lkcap.kit.errors import SenselessQuery
from lkcap.kit.keys import CLOCK, CONFIG
from lkcap.kit.limits import count
from lkcap.kit.pages import render
from lkcap.profile import page, queries, service
from lkcap.profile.forms import (
    WRONG,
    EmailForm,
    PasswordForm,
    ReceiptsForm,
    RemindersForm,
)
from lkcap.profile.model import EmailChange


async def show(request: web.Request) -> web.Response:
    return await page.show(request)


async def back(_: web.Request) -> NoReturn:
    """Where a login in the middle of a form, or the reload of one with mistakes, leads."""
    raise web.HTTPSeeOther("/settings")


async def password(request: web.Request) -> web.Response:
    """The current one is looked at before the new one is judged."""
    app, reader, form = request.app, reader_of(request), await PasswordForm.read(request)
    if form.validate():
        if not await service.is_own_password(request, reader, form.current.data or ""):
            form.refuse("current", WRONG)
        elif weak := await service.weakness_of(app, reader, form.new.data or ""):
            form.refuse("new", weak)
        else:
            await service.change_password(request, reader, form.new.data or "")
            answer = await page.done(request, "password")
            # this browser is not a stranger: it knows the new password
            remember(request, answer, reader.subscriber_id)
            raise answer
    return await page.show(request, page.Filled(password=form))


async def email(request: web.Request) -> web.Response:
    """The answer is the same whoever has the address."""
    reader, form = reader_of(request), await EmailForm.read(request)
    if form.validate():
        new = form.email.data or ""
        async with connection(request.app) as conn:
            login = await queries.get_login(conn, reader.subscriber_id, request.app[CLOCK].now())
        if not await service.is_own_password(request, reader, form.password.data or ""):
            form.refuse("password", WRONG)
        elif new.lower() == login.email.lower():
            form.refuse("email", "Это и есть ваш нынешний адрес")
        else:
            # each costs two letters to people who may not have asked for them
            await count(request, "email", request.app[CONFIG].limits.restore)
            await service.ask_for_email(request.app, reader, new)
            raise await page.done(request, "email_asked")
    return await page.show(request, page.Filled(email=form))


async def ask_email(request: web.Request) -> web.Response:
    """A button and nothing more: programs that look into letters open their links."""
    return await _link_page(request, await _change(request))


async def confirm_email(request: web.Request) -> web.Response:
    reader, token = reader_of(request), request.match_info["token"]
    if not await service.confirm_email(request.app, reader, token):
        return await _link_page(request, None)
    raise await page.done(request, "email")


async def _change(request: web.Request) -> EmailChange | None:
    token = request.match_info["token"]
    return await service.find_email_change(request.app, reader_of(request), token)


async def _link_page(request: web.Request, change: EmailChange | None) -> web.Response:
    """Of another login's link no more is told than of one that never was."""
    status = 200 if change else 404
    context = {"change": change, "token": request.match_info["token"]}
    return await render("profile/email.html", request, context, status=status)


async def receipts(request: web.Request) -> NoReturn:
    """«Подписаться» and «Отписаться», for the current account."""
    reader, form = reader_of(request), await ReceiptsForm.read(request)
    if not form.validate():
        raise SenselessQuery("Нажмите «Подписаться» или «Отписаться» на странице настроек.")
    wanted = form.subscribe.data == "yes"
    if reader.current.is_shared:
        raise OwnersAlone("Квитанции по этому счёту почтой получает тот, кто открыл вам доступ.")
    account_id = reader.current.account_id
    await service.set_receipts(request.app, reader.subscriber_id, account_id, wanted=wanted)
    raise await page.done(request, "subscribed" if wanted else "unsubscribed")


async def reminders(request: web.Request) -> NoReturn:
    """Letters that are ticked, and no others."""
    reader, form = reader_of(request), await RemindersForm.read(request)
    if not form.validate():
        raise SenselessQuery("Отметьте напоминания на странице настроек.")
    async with transaction(request.app) as conn:
        await queries.set_reminders(conn, reader.subscriber_id, form.kind.data or ())
    raise await page.done(request, "reminders")
