"""«Настройки» as one page, with the form that came back with its mistakes, if one did."""

from dataclasses import dataclass, field

from aiohttp import web
from aiohttp_session import get_session

from lkcap.auth.model import Reader, reader_of
from lkcap.kit.db import connection
from lkcap.kit.forms import Form
from lkcap.kit.keys import CLOCK
from lkcap.kit.pages import render
from lkcap.profile import queries
from lkcap.profile.forms import EmailForm, PasswordForm
from lkcap.profile.model import REMINDERS

# A deed that is done, told once on the page after it.
DONE = {
    "password": ("Пароль сменён.", "На других устройствах нужно будет войти заново."),
    "email_asked": (
        "Письмо отправлено.",
        "Откройте ссылку из него, чтобы адрес сменился. На прежний адрес тоже пришло письмо.",
    ),
    "email": ("Адрес сменён.", "Теперь письма приходят на него, и входить нужно с ним."),
    "subscribed": ("Вы подписались.", "Квитанции будут приходить на вашу почту."),
    "unsubscribed": ("Вы отписались.", "Квитанции больше не будут приходить на почту."),
    "reminders": ("Сохранено.", "Напоминания будут приходить, как вы отметили."),
    "ended": ("Сеанс завершён.", "На том устройстве нужно будет войти заново."),
    "code_on": ("Готово.", "Теперь при входе, кроме пароля, нужен код из приложения."),
    "code_off": ("Код отключён.", "Теперь для входа нужен только пароль."),
    "unlinked": ("Счёт отвязан.", "Он больше не виден в этом кабинете."),
}


@dataclass(slots=True)
class Filled:
    """The forms of the page: empty, but for the one that was sent."""

    password: PasswordForm = field(default_factory=PasswordForm)
    email: EmailForm = field(default_factory=EmailForm)


async def done(request: web.Request, deed: str, path: str = "/settings") -> web.HTTPSeeOther:
    """To be raised: the next page tells of the deed, one of `DONE`."""
    (await get_session(request))["done"] = deed
    return web.HTTPSeeOther(path)


async def told(request: web.Request) -> tuple[str, str] | None:
    """What was done on the page before: in short, and what follows of it."""
    return DONE.get((await get_session(request)).pop("done", ""))


async def show(request: web.Request, filled: Filled | None = None) -> web.Response:
    """200, or 422 with the mistakes of the form that came."""
    reader, filled = reader_of(request), filled or Filled()
    mistakes: list[Form] = [one for one in (filled.email, filled.password) if one.errors]
    context = await _context(request, reader) | {
        "form": mistakes[0] if mistakes else filled.password,
        "password_form": filled.password,
        "email_form": filled.email,
        "done": None if mistakes else await told(request),
    }
    status = 422 if mistakes else 200
    return await render("profile/show.html", request, context, status=status)


async def _context(request: web.Request, reader: Reader) -> dict[str, object]:
    now, whose = request.app[CLOCK].now(), reader.subscriber_id
    async with connection(request.app) as conn:
        login = await queries.get_login(conn, whose, now)
        subscribed = await queries.list_subscribed(conn, whose)
        wanted = await queries.list_reminders(conn, whose)
    others = [one for one in reader.own if one is not reader.current]
    return {
        "login": login,
        "is_subscribed": reader.current.account_id in subscribed,
        "others": [(one.number, one.account_id in subscribed) for one in others],
        "reminders": [(kind, words, kind in wanted) for kind, words in REMINDERS.items()],
    }
