"""Accounts of the login, its data as a file, and its end."""

import json
from datetime import date

from aiohttp import web
from aiohttp_session import get_session

from lkcap.auth.model import Reader, reader_of
from lkcap.kit.db import connection
from lkcap.kit.keys import CLOCK
from lkcap.kit.pages import render
from lkcap.profile import page, personal, service
from lkcap.profile.forms import WRONG, ConfirmForm, DeleteForm, UnlinkForm

LAST = "Это последний счёт. Чтобы отвязать и его, удалите кабинет"


def _offered(form: UnlinkForm, reader: Reader) -> UnlinkForm:
    form.offer((one.number, one.full_address) for one in reader.own)
    return form


async def accounts(request: web.Request) -> web.Response:
    form = _offered(UnlinkForm(), reader_of(request))
    return await render("profile/accounts.html", request, {"form": form})


async def unlink(request: web.Request) -> web.Response:
    """An account that is not the reader's cannot be chosen."""
    reader = reader_of(request)
    form = _offered(await UnlinkForm.read(request), reader)
    if await _is_confirmed(request, form):
        chosen = next(one for one in reader.own if one.number == form.account.data)
        if await personal.unlink(request.app, reader, chosen.account_id):
            raise await page.done(request, "unlinked")
        form.refuse("account", LAST)
    return await render("profile/accounts.html", request, {"form": form}, status=422)


async def _is_confirmed(request: web.Request, form: ConfirmForm) -> bool:
    """Whether the form is right and the password the reader's."""
    if not form.validate():
        return False
    if await service.is_own_password(request, reader_of(request), form.password.data or ""):
        return True
    form.refuse("password", WRONG)
    return False


def _iso(value: date) -> str:
    """A day, or a moment with its offset."""
    return value.isoformat()


async def data(request: web.Request) -> web.Response:
    """What we hold about the login, as a file."""
    clock = request.app[CLOCK]
    async with connection(request.app) as conn:
        held = await personal.gather(conn, reader_of(request), clock.now(), clock.today())
    return web.Response(
        text=json.dumps(held, ensure_ascii=False, indent=2, default=_iso),
        content_type="application/json",
        headers={"Content-Disposition": 'attachment; filename="data.json"'},
    )


async def ask_deletion(request: web.Request) -> web.Response:
    return await render("profile/delete.html", request, {"form": DeleteForm()})


async def delete(request: web.Request) -> web.Response:
    form = await DeleteForm.read(request)
    if not await _is_confirmed(request, form):
        return await render("profile/delete.html", request, {"form": form}, status=422)
    await personal.delete_login(request.app, reader_of(request))
    (await get_session(request)).invalidate()
    raise web.HTTPSeeOther("/")
