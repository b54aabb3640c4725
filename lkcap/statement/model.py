"""The statement («Выписка», manual §3.4.2): kinds, modes, rows and how they stand together."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from lkcap.kit.month import Month


class Kind(StrEnum):
    """Вид задолженности, with the manual's own word."""

    PRINCIPAL = "principal"
    PENALTY = "penalty"

    @property
    def label(self) -> str:
        return {"principal": "Осн. долг", "penalty": "Пеня"}[self]


class Mode(StrEnum):
    """Режим детализации, with the manual's own word."""

    DETAILED = "detailed"
    GENERAL = "general"
    EXTENDED = "extended"

    @property
    def label(self) -> str:
        return {"detailed": "Детальная", "general": "Общая", "extended": "Расширенная"}[self]


@dataclass(frozen=True, slots=True)
class Column:
    """One of the nine: its field in Row, its name, and its sign in «Исх. сальдо» if it has one."""

    field: str
    title: str
    sign: str = ""


COLUMNS = (
    Column("opening", "Вх. сальдо"),
    Column("charged", "Начислено"),
    Column("recalculated", "Перерасчеты"),
    Column("acts", "в т.ч. Акты"),
    Column("actual", "Факт. начисл.", "+"),
    Column("paid", "Поступ. ден. средств", "−"),
    Column("corrected", "Корректировки", "+"),
    Column("written_off", "Списания", "−"),
    Column("closing", "Исх. сальдо", "="),
)


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the statement, kopecks; a debt is positive, an overpayment negative.

    `period` None: «Итого». `service` None: all services together. `since`: the first month the
    reader may see, None while the account has no entries.
    """

    period: date | None
    service: str | None
    opening: int
    charged: int
    recalculated: int
    acts: int
    actual: int
    paid: int
    corrected: int
    written_off: int
    closing: int
    since: date | None

    @property
    def amounts(self) -> tuple[int, ...]:
        """The nine, in the order of COLUMNS."""
        return (
            self.opening, self.charged, self.recalculated, self.acts, self.actual,
            self.paid, self.corrected, self.written_off, self.closing,
        )  # fmt: skip

    @property
    def is_adjusted(self) -> bool:
        """Факт. начисл. is more than Начислено: a phone then shows what it was made of."""
        return self.recalculated != 0 or self.acts != 0


@dataclass(frozen=True, slots=True)
class Operation:
    """One entry under its service; `amount` as stored: a payment is positive.

    `is_in_transit`: taken here, and billing has not sent its own entry yet.
    """

    period: date
    service: str
    op: str
    posted_on: date
    document: str | None
    for_period: date | None
    amount: int
    details: str | None
    is_in_transit: bool

    @property
    def title(self) -> str:
        return "Возврат платежа" if self.op == "payment" and self.amount < 0 else _TITLES[self.op]

    @property
    def field(self) -> str:
        """The column this operation adds to."""
        return _FIELDS[self.op]


_TITLES = {
    "charge": "Начисление",
    "recalculation": "Перерасчёт",
    "act": "Перерасчёт по акту",
    "payment": "Платёж",
    "correction": "Корректировка",
    "write_off": "Списание",
}
_FIELDS = {
    "charge": "charged",
    "recalculation": "recalculated",
    "act": "recalculated",
    "payment": "paid",
    "correction": "corrected",
    "write_off": "written_off",
}


@dataclass(frozen=True, slots=True)
class Service:
    row: Row
    operations: Sequence[Operation]


@dataclass(frozen=True, slots=True)
class MonthBlock:
    month: Month
    row: Row
    services: Sequence[Service]


@dataclass(frozen=True, slots=True)
class Statement:
    """Months of the range, oldest first, and the total."""

    kind: Kind
    mode: Mode
    first: Month
    last: Month
    since: Month | None
    months: Sequence[MonthBlock]
    total: Row


def build(
    kind: Kind,
    mode: Mode,
    first: Month,
    last: Month,
    rows: Sequence[Row],
    operations: Sequence[Operation],
) -> Statement:
    """Put the rows of the two queries together; nothing is computed here."""
    behind: dict[tuple[date, str], list[Operation]] = {}
    for operation in operations:
        behind.setdefault((operation.period, operation.service), []).append(operation)
    services: dict[date, list[Service]] = {}
    for row in rows:
        if row.period and row.service:
            known = behind.get((row.period, row.service), ())
            services.setdefault(row.period, []).append(Service(row, known))
    months = [
        MonthBlock(Month.of(row.period), row, services.get(row.period, ()))
        for row in rows
        if row.period and row.service is None
    ]
    total = rows[-1]
    assert total.period is None
    since = Month.of(total.since) if total.since else None
    return Statement(kind, mode, first, last, since, months, total)
