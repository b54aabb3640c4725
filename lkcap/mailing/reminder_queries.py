"""Reminders in the database."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from lkcap.kit.db import Connection
from lkcap.kit.month import Month
from lkcap.kit.sql import query
from lkcap.mailing.model import ARRIVED, MOVED, letter_name

LIST_ASKED = query("mailing/list_asked")
QUEUE_DEBTS = query("mailing/queue_debts")
NEWS = {ARRIVED: query("mailing/queue_arrived"), MOVED: query("mailing/queue_moves")}
GET_REMINDER = query("mailing/get_reminder")


@dataclass(frozen=True, slots=True)
class Terms:
    """The same in every letter: the domain of its Message-ID, and sealed facts, none of them."""

    domain: str
    facts: bytes


@dataclass(frozen=True, slots=True)
class Told:
    """What a reminder is about now, kopecks; None: there is nothing to tell of (any more)."""

    is_asked: bool
    number: str | None
    principal: int | None
    penalty: int | None
    paid: int | None
    paid_at: datetime | None
    work: str | None
    from_year: int | None
    to_year: int | None
    address: str | None


@dataclass(frozen=True, slots=True)
class _Subscriber:
    subscriber_id: int


async def list_asked(conn: Connection, kind: str, after: int, most: int) -> list[int]:
    """Up to `most` subscribers who want the kind, in order, behind `after`."""
    found = await conn.list(LIST_ASKED, _Subscriber, kind=kind, after=after, most=most)
    return [one.subscriber_id for one in found]


async def queue_debts(
    conn: Connection, kind: str, whose: Sequence[int], month: Month, today: date, terms: Terms
) -> int:
    """How many letters are new."""
    return await conn.run(
        QUEUE_DEBTS,
        name=letter_name(kind),
        subscribers=list(whose),
        period=month.first_day,
        today=today,
        domain=terms.domain,
        facts=terms.facts,
    )


async def queue_news(
    conn: Connection, kind: str, whose: Sequence[int], today: date, now: datetime, terms: Terms
) -> int:
    """Of what has happened lately, a kind of NEWS; how many letters are new."""
    return await conn.run(
        NEWS[kind],
        name=letter_name(kind),
        subscribers=list(whose),
        today=today,
        now=now,
        domain=terms.domain,
        facts=terms.facts,
    )


async def get_told(conn: Connection, letter_id: int, kind: str, today: date) -> Told:
    return await conn.get(GET_REMINDER, Told, letter_id=letter_id, kind=kind, today=today)
