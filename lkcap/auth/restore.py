"""A forgotten password: a one-time one by letter, and one answer for everybody (manual §3.8.3)."""

import asyncio

from aiohttp import web

from lkcap.auth import one_time, queries
from lkcap.auth.passwords import PASSWORDS, one_time_password
from lkcap.auth.queries import Restorable
from lkcap.config import Limit
from lkcap.kit.db import connection, transaction
from lkcap.kit.keys import CLOCK, CONFIG
from lkcap.kit.limits import PAUSES, Counter, attempt, count
from lkcap.kit.numbers import number_key
from lkcap.mail.letter import Letter
from lkcap.mail.outbox import queue

# More letters help nobody, and somebody else may be asking for them.
LETTERS = Limit(count=3, seconds=3600)
# Answers come at full half-seconds from the question: what was done meanwhile does not show.
BEAT_SECONDS = 0.5


async def restore(request: web.Request, account: str, email: str) -> None:
    """Mail a one-time password if account and e-mail are of one subscriber; tell nothing of it.

    Raises TooMany past LIMITS__RESTORE of an address; past LETTERS of a subscriber there is just
    no letter.
    """
    loop = asyncio.get_running_loop()
    await count(request, "restore", request.app[CONFIG].limits.restore)
    begun = loop.time()
    await _try(request.app, account, email)
    await request.app[PAUSES].wait(BEAT_SECONDS - (loop.time() - begun) % BEAT_SECONDS)


async def _try(app: web.Application, account: str, email: str) -> None:
    clock, password = app[CLOCK], one_time_password()
    # whether it is needed or not: a hash is most of the work
    password_hash = await app[PASSWORDS].hashed(password)
    async with connection(app) as conn:
        found = await queries.find_restorable(conn, number_key(account), email, clock.today())
    if found is None or not await _may_have_letter(app, found):
        return
    async with transaction(app) as conn:
        await one_time.store(conn, found.subscriber_id, password_hash, clock.now())
        await queue(app, conn, _letter(app, found, account, password))


async def _may_have_letter(app: web.Application, found: Restorable) -> bool:
    window = await attempt(app, Counter("restore-letter", str(found.subscriber_id)), LETTERS)
    return window.attempts <= LETTERS.count


def _letter(app: web.Application, found: Restorable, account: str, password: str) -> Letter:
    site = app[CONFIG].public_url
    facts = {
        "account": account.strip(),
        "password": password,
        "hours": one_time.HOURS,
        "link": f"{site}/login",
        "site": site,
    }
    return Letter("password_restored", found.email, facts, subscriber_id=found.subscriber_id)
