"""How fast passwords may be tried: slowly for strangers, and never so that the owner stays outside.

An address has LIMITS__LOGIN. A login that many addresses try is slowed down, not locked: each
attempt of a stranger waits, three seconds at most, and its password is looked at after all others.
A browser that its subscriber has logged in from before counts for itself and does not wait.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from aiohttp import web

from lkcap.auth.devices import known_subscriber
from lkcap.auth.queries import Candidate
from lkcap.auth.turns import Rank
from lkcap.kit.keys import CONFIG
from lkcap.kit.limits import PAUSES, Counter, attempt, checked, count, give_back, pause_after
from lkcap.kit.numbers import number_key


@dataclass(frozen=True, slots=True)
class Pace:
    """How an attempt is treated, and where it is counted until it turns out to be right."""

    rank: Rank
    counters: tuple[Counter, ...]

    @property
    def is_known(self) -> bool:
        return self.rank is Rank.KNOWN


async def hold_back(request: web.Request, login: str, found: Sequence[Candidate]) -> Pace:
    """Count the attempt and let it wait as long as it must. Raises TooMany."""
    app, limit = request.app, request.app[CONFIG].limits.login
    known = known_subscriber(request, found)
    if known is not None:
        own = Counter("login", f"known:{known}")
        await checked(app, own, limit)
        return Pace(Rank.KNOWN, (own,))
    address = await count(request, "login", limit)
    name = Counter("login-name", _digest(login))
    pause = pause_after((await attempt(app, name, limit)).attempts, limit)
    await app[PAUSES].wait(pause)
    return Pace(Rank.SUSPECT if pause else Rank.STRANGER, (address, name))


async def hold_code_back(request: web.Request, subscriber_id: int, *, is_known: bool) -> Counter:
    """Six digits are few: whoever knows the password has LIMITS__LOGIN guesses of the code."""
    whose = f"{'known' if is_known else 'subscriber'}:{subscriber_id}"
    counter = Counter("login-code", whose)
    await checked(request.app, counter, request.app[CONFIG].limits.login)
    return counter


async def forgive(app: web.Application, counters: Sequence[Counter]) -> None:
    """Who knows his password has not guessed: his household shares the address."""
    for one in counters:
        await give_back(app, one)


def _digest(login: str) -> str:
    """Of a login as it is looked up; in clear it is somebody's address, or a password misplaced."""
    name = login.strip().lower() if "@" in login else number_key(login)
    return hashlib.sha256(name.encode()).hexdigest()
