"""«Почему столько?»: everything behind one month of one kind."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self

from lkcap.accounts.contribution import MonthCharge, charge_of
from lkcap.accounts.history import BEGINNING, get_history
from lkcap.accounts.penalty import MonthCount, count_all, count_month
from lkcap.accounts.queries import get_month_terms
from lkcap.auth.model import ReaderAccount
from lkcap.config import Config
from lkcap.kit.db import Connection
from lkcap.kit.errors import NotFound, SenselessQuery
from lkcap.kit.month import BadMonth, Month
from lkcap.statement.forms import Wish
from lkcap.statement.model import Kind, Mode, MonthBlock
from lkcap.statement.queries import get_statement


@dataclass(frozen=True, slots=True)
class Question:
    kind: Kind
    month: Month

    @classmethod
    def parse(cls, query: Mapping[str, str], open_month: Month) -> Self:
        """The open month's contribution unless asked; raises SenselessQuery."""
        try:
            kind = Kind(query.get("kind") or Kind.PRINCIPAL)
        except ValueError as error:
            raise SenselessQuery("Такого вида задолженности нет.") from error
        try:
            month = Month.parse(query["period"]) if query.get("period") else open_month
        except BadMonth as error:
            raise SenselessQuery(f"Месяц в адресе не понят: {error}") from error
        return cls(kind, month)


@dataclass(frozen=True, slots=True)
class PenaltyCount:
    """Our count of the month, and of all months beside what was charged in them, kopecks."""

    month: MonthCount
    all: int
    all_charged: int


@dataclass(frozen=True, slots=True)
class Answer:
    """`block` is the month's statement with its operations, None while nothing was booked.

    One of `charge` and `penalty` is there, by the kind asked about.
    """

    question: Question
    since: Month | None
    block: MonthBlock | None
    due: dict[Kind, int]
    charge: MonthCharge | None = None
    penalty: PenaltyCount | None = None


async def answer(
    conn: Connection, account: ReaderAccount, question: Question, config: Config
) -> Answer:
    """Raises NotFound for a month before the reader's first one or after the open one."""
    month, kind = question.month, question.kind
    if month > config.clock.open_month():
        raise NotFound
    other = Kind.PENALTY if kind is Kind.PRINCIPAL else Kind.PRINCIPAL
    asked = await get_statement(conn, account, Wish(month, month, kind, Mode.EXTENDED))
    beside = await get_statement(conn, account, Wish(month, month, other, Mode.GENERAL))
    if asked.since is None:
        return Answer(question, None, None, {})
    if not asked.months:
        raise NotFound
    block = asked.months[0]
    due = {kind: max(0, asked.total.closing), other: max(0, beside.total.closing)}
    if kind is Kind.PENALTY:
        counted = await _count(conn, account, month, config)
        return Answer(question, asked.since, block, due, penalty=counted)
    terms = await get_month_terms(conn, account.account_id, month)
    return Answer(question, asked.since, block, due, charge=charge_of(block, terms))


async def _count(
    conn: Connection, account: ReaderAccount, month: Month, config: Config
) -> PenaltyCount:
    history = await get_history(conn, account, month)
    wish = Wish(BEGINNING, month, Kind.PENALTY, Mode.GENERAL)
    charged = (await get_statement(conn, account, wish)).total.actual
    today, due_days = config.clock.today(), config.due_day
    counted = count_month(history, month, today, due_days)
    return PenaltyCount(counted, count_all(history, month, today, due_days), charged)
