"""The desk's own door: an employee, his role, and a password he has chosen himself."""

from http import HTTPStatus

from aiohttp import web

from lkcap.kit.answers import turn_away
from lkcap.kit.errors import DomainError
from lkcap.kit.keys import Handler
from lkcap.kit.pages import WORKER
from lkcap.kit.persons import STAFF, Person, arrive
from lkcap.kit.security import is_desk, is_public
from lkcap.staff.model import Worker
from lkcap.staff.role import Role
from lkcap.staff.roles import opens_at_once, roles_of
from lkcap.staff.service import find_worker

LOGIN = "/staff/login"
PASSWORD = "/staff/password"  # noqa: S105 - an address


class NotYourRole(DomainError):
    """The page is another role's; the employee knows that there is one, from his colleagues."""

    status = HTTPStatus.FORBIDDEN
    is_for_reader = True
    title = "Эта страница не для вашей роли"

    def __init__(self) -> None:
        super().__init__("Если она нужна вам для работы, попросите администратора.")


@web.middleware
async def desk_door(request: web.Request, handler: Handler) -> web.StreamResponse:
    """A page under /staff needs an employee of its role; a stranger is sent to the login."""
    if not is_desk(request):
        return await handler(request)
    worker = await find_worker(request)
    if worker is not None:
        request[WORKER] = worker
        await arrive(request, Person(STAFF, worker.staff_id))
    if is_public(request):
        return await handler(request)
    if worker is None:
        await turn_away(request, "wanted_at_desk")
        raise web.HTTPSeeOther(LOGIN)
    if request.match_info.http_exception is None:
        _check(request, worker)
    return await handler(request)


def _check(request: web.Request, worker: Worker) -> None:
    if worker.has_one_time_password and not opens_at_once(request):
        raise web.HTTPSeeOther(PASSWORD)
    if Role(worker.role) not in roles_of(request):
        raise NotYourRole
