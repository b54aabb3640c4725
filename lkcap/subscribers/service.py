"""What an employee does with a login; each is one transaction with its line in the journal."""

from aiohttp import web

from lkcap.auth import one_time
from lkcap.kit.db import transaction
from lkcap.kit.errors import NotFound
from lkcap.kit.keys import CLOCK, CONFIG
from lkcap.mail.letter import Letter
from lkcap.mail.outbox import queue
from lkcap.profile.devices import end_all
from lkcap.profile.second_factor import switch_off_in
from lkcap.sharing.service import revoke_in
from lkcap.staff.journal import Subject, note
from lkcap.subscribers import queries

OF_LOGIN = "абонент"


def subject(email: str) -> Subject:
    return Subject(OF_LOGIN, email)


async def send_password(request: web.Request, subscriber_id: int) -> None:
    """Another one-time password by letter; the ordinary one works until a new one is set."""
    app, now = request.app, request.app[CLOCK].now()
    async with transaction(app) as conn:
        login = await queries.lock(conn, subscriber_id)
        password = await one_time.issue(app, conn, subscriber_id, now)
        facts = {
            "login": login.email,
            "password": password,
            "link": f"{app[CONFIG].public_url}/",
            "hours": one_time.HOURS,
        }
        await queue(app, conn, Letter("access_renewed", login.email, facts, subscriber_id))
        await note(request, conn, "послал одноразовый пароль", subject(login.email))


async def set_blocked(request: web.Request, subscriber_id: int, *, is_blocked: bool) -> None:
    """A blocked login is logged out everywhere and opens nothing."""
    async with transaction(request.app) as conn:
        login = await queries.lock(conn, subscriber_id)
        if is_blocked:
            await queries.block(conn, subscriber_id, request.app[CLOCK].now())
            await end_all(conn, subscriber_id)
        else:
            await queries.unblock(conn, subscriber_id)
        action = "закрыл вход" if is_blocked else "открыл вход"
        await note(request, conn, action, subject(login.email))


async def switch_code_off(request: web.Request, subscriber_id: int) -> None:
    """For who has lost the telephone and the spare codes; a letter tells him."""
    async with transaction(request.app) as conn:
        login = await queries.lock(conn, subscriber_id)
        await switch_off_in(request.app, conn, subscriber_id, by_fund=True)
        await note(request, conn, "отключил код для входа", subject(login.email))


async def unlink(request: web.Request, subscriber_id: int, account_id: int) -> None:
    """Take an account out of a login. Raises NotFound where it is not there."""
    async with transaction(request.app) as conn:
        login = await queries.lock(conn, subscriber_id)
        links = await queries.list_links(conn, subscriber_id, request.app[CLOCK].today())
        number = next((one.number for one in links if one.account_id == account_id), None)
        if number is None or not await queries.unlink(conn, subscriber_id, account_id):
            raise NotFound
        await note(request, conn, "отвязал счёт", subject(login.email), number)


async def revoke(request: web.Request, owner_id: int, share_id: int) -> None:
    """Take back what the login has opened to somebody. Raises NotFound where it has not."""
    async with transaction(request.app) as conn:
        login = await queries.lock(conn, owner_id)
        given = await revoke_in(request.app, conn, owner_id, share_id)
        told = f"{given.number}, {given.relative_email or given.email}"
        await note(request, conn, "отозвал доступ", subject(login.email), told)
