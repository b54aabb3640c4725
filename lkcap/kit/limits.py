"""How often one address may send a form; counted in the database, for all processes together."""

from dataclasses import dataclass
from http import HTTPStatus

from aiohttp import web

from lkcap.config import Limit
from lkcap.kit.db import connection
from lkcap.kit.errors import DomainError
from lkcap.kit.sql import query
from lkcap.kit.visitor import visitor_address
from lkcap.kit.words import plural

COUNT = query("limits/count")
DROP_ENDED = query("limits/drop_ended")


class TooMany(DomainError):
    """The address has sent this form too often; `seconds` are left till it may again."""

    status = HTTPStatus.TOO_MANY_REQUESTS
    is_for_reader = True

    def __init__(self, seconds: int) -> None:
        super().__init__(f"Попробуйте через {_time(seconds)}.")
        self.seconds = seconds
        self.headers = {"Retry-After": str(seconds)}


def _time(seconds: int) -> str:
    """In minutes, rounded up: who comes back then must be let in. «1 час 5 минут»."""
    hours, minutes = divmod(-(-seconds // 60), 60)
    told = [plural(hours, "час", "часа", "часов")] if hours else []
    if minutes:
        told.append(plural(minutes, "минуту", "минуты", "минут"))
    return " ".join(told)


@dataclass(frozen=True, slots=True)
class _Window:
    attempts: int
    seconds_left: int


async def count(request: web.Request, form: str, limit: Limit) -> None:
    """Count one attempt of the visitor at the form, `"verify"`; past the limit raises TooMany.

    The window begins at the first attempt and lasts `limit.seconds`; refused attempts do not
    prolong it. Borrows a connection: hold none meanwhile.
    """
    address = visitor_address(request)
    # no transaction around one statement: it must stay counted whatever becomes of the form
    async with connection(request.app) as conn:
        window = await conn.get(COUNT, _Window, form=form, address=address, seconds=limit.seconds)
    if window.attempts > limit.count:
        raise TooMany(window.seconds_left)
