"""How fast the desk's login may be tried: an address and a login are counted, the login slowed."""

import hashlib

from aiohttp import web

from lkcap.kit.keys import CONFIG
from lkcap.kit.limits import PAUSES, Counter, attempt, checked, count, give_back, pause_after


async def hold_back(request: web.Request, login: str) -> tuple[Counter, ...]:
    """Count an attempt and let it wait; raises TooMany past LIMITS__LOGIN of the address.

    A login that many addresses try is slowed down and never locked: its employee has work to do.
    """
    app, limit = request.app, request.app[CONFIG].limits.login
    address = await count(request, "staff", limit)
    name = Counter("staff-name", hashlib.sha256(login.strip().lower().encode()).hexdigest())
    window = await attempt(app, name, limit)
    await app[PAUSES].wait(pause_after(window.attempts, limit))
    return address, name


async def hold_code_back(app: web.Application, staff_id: int) -> Counter:
    """Six digits are few: whoever knows the password has LIMITS__LOGIN guesses of the code."""
    counter = Counter("staff-code", str(staff_id))
    await checked(app, counter, app[CONFIG].limits.login)
    return counter


async def forgive(app: web.Application, counters: tuple[Counter, ...]) -> None:
    """It was the employee himself."""
    for one in counters:
        await give_back(app, one)
