"""Reminders: queued for those who asked, each once; what they tell is looked up when they are sent.

So whoever has paid meanwhile, or asks no more, is not written to.
"""

from collections.abc import AsyncIterator, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from lkcap.config import Config
from lkcap.kit.db import Database
from lkcap.kit.month import Month
from lkcap.ledger.due import DueDays, due_date
from lkcap.ledger.penalty import RULES
from lkcap.mail.compose import Carried, Prepare, Preparing, Queued, Unwanted
from lkcap.mail.letter import seal
from lkcap.mail.message import domain_of
from lkcap.mailing import reminder_queries as queries
from lkcap.mailing.model import ARRIVED, DEBTS, KINDS, MOVED, letter_name
from lkcap.mailing.reminder_queries import Told
from lkcap.mailing.unsubscribe import link

# Days before the due day, and after it: a bank's transfer may take three.
SOON_DAYS, OVERDUE_DAYS, OVERDUE_MAX_DAYS = 3, 4, 14
# Days before the first day of a penalty.
PENALTY_DAYS = 5
# So many months may still matter: the penalty begins 31 days after the due day.
MONTHS = 3
BATCH = 500


@dataclass(frozen=True, slots=True)
class Reminded:
    """How many letters of a kind were queued."""

    kind: str
    count: int


def of_the_day(today: date, due_days: DueDays) -> Iterator[tuple[str, Month]]:
    """Kinds of DEBTS whose time it is, each with the month that it is about."""
    for back in range(1, MONTHS + 1):
        month = Month.of(today) + -back
        due = due_date(month, due_days)
        penalty = RULES.first_day(due)
        if 0 <= (due - today).days <= SOON_DAYS:
            yield "due_soon", month
        if OVERDUE_DAYS <= (today - due).days <= OVERDUE_MAX_DAYS:
            yield "overdue", month
        if penalty - timedelta(PENALTY_DAYS) <= today < penalty:
            yield "before_penalty", month


async def queue_all(database: Database, config: Config) -> list[Reminded]:
    """Everything that is due to be told now; safe to run as often as wanted, and beside itself."""
    today, terms = config.clock.today(), _terms(config)
    found = []
    for kind, month in of_the_day(today, config.due_day):
        count = 0
        async for page in _asked(database, kind):
            async with database.transaction() as conn:
                count += await queries.queue_debts(conn, kind, page, month, today, terms)
        found.append(Reminded(kind, count))
    for kind in queries.NEWS:
        count, now = 0, config.clock.now()
        async for page in _asked(database, kind):
            async with database.transaction() as conn:
                count += await queries.queue_news(conn, kind, page, today, now, terms)
        found.append(Reminded(kind, count))
    return found


async def _asked(database: Database, kind: str) -> AsyncIterator[list[int]]:
    """Subscribers who want the kind, a page at a time."""
    after = 0
    while True:
        async with database.connection() as conn:
            page = await queries.list_asked(conn, kind, after, BATCH)
        if not page:
            return
        yield page
        after = page[-1]


def _terms(config: Config) -> queries.Terms:
    return queries.Terms(domain_of(config.mail_from), seal({}, config.secret_keys))


def preparing(database: Database, config: Config) -> Preparing:
    """For the Composer of whoever sends."""
    return {letter_name(kind): _prepare(database, config, kind) for kind in KINDS}


def _prepare(database: Database, config: Config, kind: str) -> Prepare:
    async def reminder(letter: Queued) -> Carried:
        async with database.connection() as conn:
            told = await queries.get_told(conn, letter.letter_id, kind, config.clock.today())
        if not told.is_asked:
            raise Unwanted("больше не просит об этом писать")
        assert letter.subscriber_id is not None
        way_out = {"unsubscribe": link(config, letter.subscriber_id, kind)}
        return Carried({**_facts(config, letter, kind, told), **way_out})

    return reminder


def _facts(config: Config, letter: Queued, kind: str, told: Told) -> Mapping[str, Any]:
    if kind in DEBTS:
        return _debt(config, letter, told)
    if kind == ARRIVED:
        if told.paid is None or told.paid_at is None:
            raise Unwanted("платёж отменён")
        day = told.paid_at.astimezone(config.timezone).date()
        return {"account": told.number, "paid": told.paid, "day": day}
    if kind == MOVED:
        if told.work is None:
            raise Unwanted("работу перенесли ещё раз")
        names = ("work", "from_year", "to_year", "address")
        return {name: getattr(told, name) for name in names}
    return {}


def _debt(config: Config, letter: Queued, told: Told) -> Mapping[str, Any]:
    if not told.principal or told.penalty is None:
        raise Unwanted("долга уже нет")
    assert letter.period is not None
    due = due_date(Month.of(letter.period), config.due_day)
    return {
        "account": told.number,
        "period": letter.period,
        "principal": told.principal,
        "penalty": told.penalty,
        "total": told.principal + told.penalty,
        "due_on": due,
        "penalty_on": RULES.first_day(due),
    }
