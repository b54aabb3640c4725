"""A bank's registry of payments as it was read: whole and agreeing with itself, or not at all."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Self

from lkcap.kit.money import Kopecks

# Everything is bounded: a region's payments of a year fit, a file sent by mistake does not.
FILE_BYTES_MAX = 1 << 29
ROWS_MAX = 2_000_000
TOO_MANY = f"строк больше {ROWS_MAX}: в одном реестре столько не бывает"
FAULTS_KEPT = 10_000


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a file is refused. `line` is the line of a text, the record of a DBF, 0 for the file;
    `field` is what the cell means, in Russian, or empty; `reason` is in Russian.
    """

    line: int
    field: str
    reason: str

    def __str__(self) -> str:
        place = f"строка {self.line}: " if self.line else ""
        return place + (f"{self.field}: " if self.field else "") + self.reason


class BadRegistry(Exception):
    """The file is refused whole; `faults` are by line, `count` is their number before the cut."""

    def __init__(self, faults: Sequence[Fault], count: int = 0) -> None:
        super().__init__("; ".join(map(str, faults[:1])))
        self.faults = tuple(faults)
        self.count = max(count, len(faults))


@dataclass(slots=True)
class Faults:
    """What was found wrong so far: the first are kept, all are counted."""

    kept: list[Fault] = field(default_factory=list)
    count: int = 0

    def add(self, line: int, field: str, reason: str) -> None:
        self.count += 1
        if len(self.kept) < FAULTS_KEPT:
            self.kept.append(Fault(line, field, reason))

    def refuse(self) -> None:
        """Raise BadRegistry if anything was found."""
        if self.count:
            raise BadRegistry(sorted(self.kept, key=lambda one: one.line), self.count)


@dataclass(frozen=True, slots=True)
class RegistryRow:
    """One payment. Names, addresses and bank accounts of payers are not kept.

    `paid_on` is the day the file says, `paid_at` the instant (UTC) where it tells a time.
    `operation_id` is the bank's, or made of what the bank says where it has none (rows.py).
    `account` is the text of the file with its zeros, empty where it names none. `amount` is the
    sum of operation, negative in a refund, `penalty` the part of it that is one; `transfer` and
    `commission` are None where the file does not tell them. `purpose` is the text that came in
    the field of the period or purpose: never to be trusted as a date.
    """

    line: int
    operation_id: str
    paid_on: date
    paid_at: datetime | None
    account: str
    amount: Kopecks
    transfer: Kopecks | None
    commission: Kopecks | None
    penalty: Kopecks | None
    document: str
    purpose: str
    ordinal: int

    @property
    def is_refund(self) -> bool:
        return self.amount < 0

    @property
    def key(self) -> tuple[str, str, int, int]:
        """What makes the row one and the same in every file (`ordinal` counts equal ones)."""
        return self.operation_id, self.account, self.amount, self.ordinal


@dataclass(frozen=True, slots=True)
class Totals:
    """Sums over the rows, kopecks; None where some row does not tell its part."""

    count: int
    amount: Kopecks
    transfer: Kopecks | None
    commission: Kopecks | None

    @classmethod
    def of(cls, rows: Sequence[RegistryRow]) -> Self:
        return cls(
            len(rows),
            Kopecks(sum(row.amount for row in rows)),
            _sum(row.transfer for row in rows),
            _sum(row.commission for row in rows),
        )


def _sum(parts: Iterable[Kopecks | None]) -> Kopecks | None:
    total = 0
    for part in parts:
        if part is None:
            return None
        total += part
    return Kopecks(total)


@dataclass(frozen=True, slots=True)
class Registry:
    """`format` is the layout's name (`sber`, `1c`, `F1`, `F2`, `csv`).

    `order_number` and `order_date` are those of the payment order that brought the money, where the
    file tells them. `notices` are for the person: what was passed over.
    """

    format: str
    rows: tuple[RegistryRow, ...]
    totals: Totals
    order_number: str = ""
    order_date: date | None = None
    notices: tuple[str, ...] = ()

    @property
    def paid_on(self) -> date | None:
        """The last day somebody paid; None where nobody did."""
        return max((row.paid_on for row in self.rows), default=None)
