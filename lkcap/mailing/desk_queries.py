"""Letters as the desk sees them: a month's receipts, addresses that refuse, letters to somebody."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from lkcap.kit.db import Connection
from lkcap.kit.month import Month
from lkcap.kit.sql import query

COUNT_MONTH = query("mailing/count_month")
LIST_ANSWERS = query("mailing/list_answers")
LIST_REFUSED = query("mailing/list_refused")
COUNT_REFUSED = query("mailing/count_refused")
LIFT_REFUSED = query("mailing/lift_refused")
LIST_LETTERS = query("mailing/list_letters")

ANSWERS_MAX = 20
REFUSED_MAX = 100
LETTERS_MAX = 50

STATES = {"sent": "отправлено", "queued": "ждёт", "refused": "не отправлено"}


@dataclass(frozen=True, slots=True)
class MonthCount:
    """A month's receipts by what became of them."""

    sent: int
    waiting: int
    refused: int

    @property
    def total(self) -> int:
        return self.sent + self.waiting + self.refused


@dataclass(frozen=True, slots=True)
class Answer:
    """So many letters wait, or were refused, for one reason."""

    state: str
    answer: str
    count: int

    @property
    def told(self) -> str:
        if self.state == "queued":
            return self.answer or "очередь ещё не дошла"
        return self.answer


@dataclass(frozen=True, slots=True)
class RefusedAddress:
    """`subscriber_id` None: no login has the address (any more)."""

    email: str
    answer: str
    refused_at: datetime
    subscriber_id: int | None


@dataclass(frozen=True, slots=True)
class SentLetter:
    """One letter; what it told is not kept."""

    name: str
    recipient: str
    account: str | None
    period: date | None
    state: str
    attempts: int
    answer: str
    queued_at: datetime
    ended_at: datetime | None

    @property
    def state_told(self) -> str:
        return STATES[self.state]


@dataclass(frozen=True, slots=True)
class _Count:
    count: int


async def count_month(conn: Connection, month: Month) -> MonthCount:
    return await conn.get(COUNT_MONTH, MonthCount, period=month.first_day)


async def list_answers(conn: Connection, month: Month) -> Sequence[Answer]:
    """The commonest twenty."""
    return await conn.list(LIST_ANSWERS, Answer, period=month.first_day, most=ANSWERS_MAX)


async def list_refused(conn: Connection, said: str) -> Sequence[RefusedAddress]:
    """The latest hundred that begin so."""
    return await conn.list(LIST_REFUSED, RefusedAddress, said=said, most=REFUSED_MAX)


async def count_refused(conn: Connection) -> int:
    return (await conn.get(COUNT_REFUSED, _Count)).count


async def lift_refused(conn: Connection, email: str) -> bool:
    """False where the address is not refused (any more)."""
    return await conn.run(LIFT_REFUSED, email=email) > 0


async def list_letters(conn: Connection, email: str) -> Sequence[SentLetter]:
    """The last fifty."""
    return await conn.list(LIST_LETTERS, SentLetter, email=email, most=LETTERS_MAX)
