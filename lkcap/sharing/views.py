"""Who else has access: the owner invites, changes and takes back; a relative may go by himself."""

from typing import NoReturn

from aiohttp import web

from lkcap.auth.model import ReaderAccount, reader_of
from lkcap.kit.errors import NotFound
from lkcap.kit.keys import CLOCK
from lkcap.kit.pages import render
from lkcap.sharing import page, service
from lkcap.sharing.forms import InviteForm, RightForm
from lkcap.sharing.model import Given
from lkcap.sharing.queries import Invited
from lkcap.sharing.service import Bar


async def show(request: web.Request) -> web.Response:
    return await page.show(request)


async def invite(request: web.Request) -> web.Response:
    """The answer is the same whether or not the address has a login."""
    reader = reader_of(request)
    form = page.offered(await InviteForm.read(request), reader)
    if form.validate():
        whom = Invited(form.called.data or "", form.email.data or "", form.may.data)
        bar = await service.invite(request.app, reader, form.account.data, whom)
        if bar is None:
            raise await page.done(request, "invited")
        form.refuse("account" if bar is Bar.FULL else "email", bar.value)
    return await page.show(request, form)


async def person(request: web.Request) -> web.Response:
    given = await _given(request)
    return await _person(request, given, RightForm(data={"may": given.may}))


async def change(request: web.Request) -> web.Response:
    given, form = await _given(request), await RightForm.read(request)
    if not form.validate():
        return await _person(request, given, form)
    await service.set_right(request.app, reader_of(request), given, form.may.data)
    raise await page.done(request, "changed")


async def revoke(request: web.Request) -> NoReturn:
    await service.revoke(request.app, reader_of(request).subscriber_id, _share_id(request))
    raise await page.done(request, "revoked")


async def ask_leave(request: web.Request) -> web.Response:
    account = _taken(request, request.query.get("account", ""))
    return await render("sharing/leave.html", request, {"account": account})


async def leave(request: web.Request) -> NoReturn:
    account = _taken(request, str((await request.post()).get("account", "")))
    reader = reader_of(request)
    await service.leave(request.app, reader, account.account_id)
    if len(reader.accounts) == 1:
        # nothing is left to be seen
        raise web.HTTPSeeOther("/")
    raise await page.done(request, "left")


def _share_id(request: web.Request) -> int:
    return int(request.match_info["share"])


async def _given(request: web.Request) -> Given:
    return await service.get_given(request.app, reader_of(request), _share_id(request))


async def _person(request: web.Request, given: Given, form: RightForm) -> web.Response:
    context = {"given": given, "form": form, "is_late": given.is_late(request.app[CLOCK].now())}
    status = 422 if form.summary else 200
    return await render("sharing/person.html", request, context, status=status)


def _taken(request: web.Request, number: str) -> ReaderAccount:
    """An account that was opened to the reader; raises NotFound."""
    for one in reader_of(request).accounts:
        if one.is_shared and one.number == number:
            return one
    raise NotFound
