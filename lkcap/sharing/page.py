"""«Доступ для близких» as one page, with what was done on the page before."""

from aiohttp import web
from aiohttp_session import get_session

from lkcap.auth.model import Reader, reader_of
from lkcap.kit.db import connection
from lkcap.kit.keys import CLOCK
from lkcap.kit.pages import render
from lkcap.sharing import queries
from lkcap.sharing.forms import InviteForm
from lkcap.sharing.model import PEOPLE_MAX

PATH = "/settings/sharing"

# A deed that is done, told once.
DONE = {
    "invited": (
        "Письмо отправлено.",
        "Когда человек примет приглашение, вам придёт письмо. На это у него 72 часа.",
    ),
    "accepted": (
        "Приглашение принято.",
        "Счёт появился в вашем кабинете: выбрать его можно вверху страницы.",
    ),
    "changed": ("Сохранено.", "Новое право уже действует."),
    "revoked": ("Доступ отозван.", "Этот человек больше не видит ваш счёт."),
    "left": ("Вы отказались от доступа.", "Этого счёта больше нет в вашем кабинете."),
}


async def done(request: web.Request, deed: str) -> web.HTTPSeeOther:
    """To be raised: the page tells of the deed, one of `DONE`."""
    (await get_session(request))["done"] = deed
    return web.HTTPSeeOther(PATH)


def offered(form: InviteForm, reader: Reader) -> InviteForm:
    """With the accounts that are the reader's own: another's cannot be chosen."""
    form.offer([(one.number, one.full_address) for one in reader.own])
    return form


async def show(request: web.Request, form: InviteForm | None = None) -> web.Response:
    """200, or 422 with the mistakes of the form that came."""
    reader, clock = reader_of(request), request.app[CLOCK]
    form = form or offered(InviteForm(), reader)
    async with connection(request.app) as conn:
        given = await queries.list_given(conn, reader.subscriber_id, clock.today())
    deed = (await get_session(request)).pop("done", "")
    context = {
        "form": form,
        "people": [one for one in given if one.relative_id is not None],
        "waiting": [one for one in given if one.relative_id is None],
        "taken": [one for one in reader.accounts if one.is_shared],
        "now": clock.now(),
        "most": PEOPLE_MAX,
        "done": None if form.summary else DONE.get(deed),
    }
    status = 422 if form.summary else 200
    return await render("sharing/show.html", request, context, status=status)
