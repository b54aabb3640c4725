"""How often a form may be sent, counted in the database, for all processes together.

A counter is a form and whose it is: an address, its network, a login. Past the limit of a counter
the answer is 429. Where guessing pays, pauses that grow come before that, so that a guesser is slow
long before he is refused; nobody holds a connection of the database meanwhile.
"""

import asyncio
from dataclasses import dataclass
from http import HTTPStatus
from math import ceil

from aiohttp import web

from lkcap.config import Limit
from lkcap.kit.db import connection
from lkcap.kit.errors import DomainError
from lkcap.kit.sql import query
from lkcap.kit.visitor import visitor_address, visitor_network
from lkcap.kit.words import plural

COUNT = query("limits/count")
GIVE_BACK = query("limits/give_back")
DROP_ENDED = query("limits/drop_ended")

# Behind one network a provider has many homes, and behind all of them is the whole region.
NETWORK_TIMES = 8
EVERYONE_TIMES = 200
EVERYONE = "everyone"

LONGEST_PAUSE = 3.0
# Each costs a connection of a browser and some kilobytes.
WAITING_MAX = 2000


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


class Pauses:
    """Those who are made to wait in this process; too many of them would be a load themselves."""

    def __init__(self, most: int = WAITING_MAX) -> None:
        self._most = most
        self._waiting = 0

    async def wait(self, seconds: float) -> None:
        """Raises TooMany where too many wait already. Hold no connection meanwhile."""
        if seconds <= 0:
            return
        if self._waiting >= self._most:
            raise TooMany(ceil(seconds))
        self._waiting += 1
        try:
            await asyncio.sleep(seconds)
        finally:
            self._waiting -= 1


PAUSES = web.AppKey("lkcap_pauses", Pauses)


@dataclass(frozen=True, slots=True)
class Counter:
    """`whose` is an address, `203.0.113.7`, a network, or what a feature tells people by."""

    form: str
    whose: str


@dataclass(frozen=True, slots=True)
class Window:
    """It begins at the first attempt and lasts as long as the limit says."""

    attempts: int
    seconds_left: int


async def attempt(app: web.Application, counter: Counter, limit: Limit) -> Window:
    """Count one attempt and refuse nothing. Borrows a connection: hold none meanwhile."""
    # no transaction around one statement: it must stay counted whatever becomes of the form
    async with connection(app) as conn:
        return await conn.get(
            COUNT, Window, form=counter.form, address=counter.whose, seconds=limit.seconds
        )


async def checked(app: web.Application, counter: Counter, limit: Limit) -> Window:
    """The same, and past the limit raises TooMany; who is refused does not prolong his window."""
    window = await attempt(app, counter, limit)
    if window.attempts > limit.count:
        raise TooMany(window.seconds_left)
    return window


async def give_back(app: web.Application, counter: Counter) -> None:
    """The attempt was a right one: it does not count."""
    async with connection(app) as conn:
        await conn.run(GIVE_BACK, form=counter.form, address=counter.whose)


async def count(request: web.Request, form: str, limit: Limit) -> Counter:
    """Count one attempt of the visitor's address at the form `"verify"`; TooMany past the limit."""
    counter = Counter(form, visitor_address(request))
    await checked(request.app, counter, limit)
    return counter


async def count_guess(request: web.Request, form: str, limit: Limit) -> None:
    """Count an attempt at a form that tells whether something exists.

    The limit is an address's; its network has NETWORK_TIMES as much and all together
    EVERYONE_TIMES. Whoever is refused by one of them is not counted by the next. In the second
    half of a window the attempt waits, the longer the nearer to the limit.
    """
    longest = 0.0
    for whose, times in (
        (visitor_address(request), 1),
        (visitor_network(request), NETWORK_TIMES),
        (EVERYONE, EVERYONE_TIMES),
    ):
        wider = Limit(count=limit.count * times, seconds=limit.seconds)
        window = await checked(request.app, Counter(form, whose), wider)
        longest = max(longest, pause_after(window.attempts, wider))
    await request.app[PAUSES].wait(longest)


def pause_after(attempts: int, limit: Limit) -> float:
    """Seconds: none in the first half of the limit, then slowly more, LONGEST_PAUSE beyond it."""
    free = limit.count // 2
    share = (attempts - 1 - free) / (limit.count - free)
    return LONGEST_PAUSE * min(1.0, max(0.0, share)) ** 2
