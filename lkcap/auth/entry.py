"""Login: whose password fits, and what it opens."""

import hmac
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from aiohttp import web

from lkcap.auth import queries
from lkcap.auth.pace import Pace, forgive, hold_back
from lkcap.auth.passwords import PASSWORDS, as_one_time
from lkcap.auth.queries import Candidate, Entry
from lkcap.auth.second import ask_code
from lkcap.auth.service import open_session, visit_of
from lkcap.auth.turns import Rank
from lkcap.kit.db import connection, transaction
from lkcap.kit.keys import CLOCK, CONFIG
from lkcap.kit.numbers import number_key


class Step(Enum):
    """What comes after the right password."""

    CABINET = "cabinet"
    NEW_PASSWORD = "new password"  # noqa: S105 - a step
    CODE = "code"


@dataclass(frozen=True, slots=True)
class Passed:
    subscriber_id: int
    step: Step


async def log_in(request: web.Request, login: str, password: str) -> Passed | None:
    """Open a session, or ask for the code, if the password fits one of those the login may mean.

    One number may be of several co-owners, or an old number of two accounts: the password
    decides; if it fits two people, nobody is let in by that number. Raises TooMany.
    """
    clock = request.app[CLOCK]
    async with connection(request.app) as conn:
        found = await queries.list_candidates(
            conn, login.strip(), number_key(login), clock.now(), clock.today()
        )
    pace = await hold_back(request, login, found)
    # the first row of each is the account he is shown first
    people = list({one.subscriber_id: one for one in reversed(found)}.values())
    nobody: list[Candidate | None] = [None] * _pretended(request.app, login)
    looked_at = people or nobody
    fitting = await _fitting(request.app, looked_at, password, pace.rank)
    passed = await _pass(request, fitting[0], people, pace) if len(fitting) == 1 else None
    if passed is None:
        await _note(request, people, pace, "ambiguous" if fitting else _reason(people))
        return None
    await forgive(request.app, pace.counters)
    return passed


async def _fitting(
    app: web.Application, looked_at: Sequence[Candidate | None], password: str, rank: Rank
) -> list[Entry]:
    """How much is hashed tells what was typed, not whether anybody is there."""
    passwords, once = app[PASSWORDS], as_one_time(password)
    fitting = []
    for one in looked_at:
        usual, mailed = (None, None)
        if one is not None and not one.is_blocked:
            usual, mailed = one.password_hash, one.one_time_hash
        fits = await passwords.fits(usual, password, rank)
        fits_once = once is not None and await passwords.fits(mailed, once, rank)
        if one is not None and (fits or fits_once):
            made_at = None if fits else one.one_time_made_at
            changed_at = one.password_changed_at
            fitting.append(Entry(one.subscriber_id, one.account_id, changed_at, made_at))
    return fitting


async def _pass(
    request: web.Request, entry: Entry, people: Sequence[Candidate], pace: Pace
) -> Passed | None:
    """None when another browser was faster with the same one-time password."""
    (one,) = [one for one in people if one.subscriber_id == entry.subscriber_id]
    if one.has_totp:
        await ask_code(request, entry, is_known_device=pace.is_known)
        return Passed(entry.subscriber_id, Step.CODE)
    if not await open_session(request, entry, is_known_device=pace.is_known):
        return None
    return Passed(entry.subscriber_id, step_of(entry))


def step_of(entry: Entry) -> Step:
    return Step.NEW_PASSWORD if entry.one_time_made_at else Step.CABINET


def _reason(people: Sequence[Candidate]) -> str:
    is_blocked = bool(people) and all(one.is_blocked for one in people)
    return "blocked" if is_blocked else "wrong_password"


def _pretended(app: web.Application, login: str) -> int:
    """How many people an unknown login is taken for.

    A number of two co-owners takes two hashes: so does one unknown number of eight, always the
    same, so that time proves nothing.
    """
    if "@" in login:
        return 1
    key = app[CONFIG].secret_keys[0].get_secret_value().encode()
    return 2 if hmac.digest(key, number_key(login).encode(), "sha256")[0] < 32 else 1


async def _note(
    request: web.Request, people: Sequence[Candidate], pace: Pace, outcome: str
) -> None:
    visit = visit_of(request, is_known_device=pace.is_known)
    ids = [one.subscriber_id for one in people]
    async with transaction(request.app) as conn:
        await queries.add_login_events(conn, ids, visit, outcome, request.app[CLOCK].now())
