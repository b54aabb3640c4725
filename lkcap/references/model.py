"""The reference («справка о состоянии лицевого счёта», ЖК 183): an account today and its months.

A reference is figures and words as they were when it was made; nothing in it is looked up again.
All sums are kopecks; a debt is positive, an overpayment negative.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from lkcap.paper.letterhead import Letterhead


@dataclass(frozen=True, slots=True)
class Holder:
    """Whose account and for what premises, on the day of the reference; area is m².

    `is_elsewhere`: the house saves on an account that is not the fund's.
    """

    account: str
    owner: str
    address: str
    premises_kind: str
    area: Decimal | None
    share: str
    els: str | None
    closed_on: date | None
    is_elsewhere: bool


@dataclass(frozen=True, slots=True)
class Sums:
    """The columns of Общая that a row is re-added from, by the names of the statement."""

    opening: int
    actual: int
    paid: int
    corrected: int
    written_off: int
    closing: int

    @property
    def amounts(self) -> tuple[int, ...]:
        return (
            self.opening, self.actual, self.paid, self.corrected, self.written_off, self.closing,
        )  # fmt: skip

    @property
    def begun(self) -> int:
        """What services that begin inside the range have brought in: in no movement column."""
        moved = self.actual - self.paid + self.corrected - self.written_off
        return self.closing - self.opening - moved


@dataclass(frozen=True, slots=True)
class Line:
    """A month of the range."""

    period: date
    sums: Sums


@dataclass(frozen=True, slots=True)
class Movement:
    """One kind of debt: its balance today, and the range by month."""

    balance: int
    lines: tuple[Line, ...]
    total: Sums

    @property
    def is_still(self) -> bool:
        """Whether there is nothing to tell of it in any month of the range."""
        return not any(any(line.sums.amounts) for line in self.lines)


@dataclass(frozen=True, slots=True)
class Signature:
    """`line` is what is signed, `value` the signature in base64, `key` the key's short id."""

    line: str
    value: str
    key: str


@dataclass(frozen=True, slots=True)
class Reference:
    """`first` and `last` are the first days of the months shown; `link` is where it is checked."""

    number: str
    code: str
    link: str
    made_on: date
    first: date
    last: date
    issuer: Letterhead
    holder: Holder
    principal: Movement
    penalty: Movement
    signature: Signature | None

    @property
    def due(self) -> int:
        """An advance of one kind does not cover the other (contract §4)."""
        return max(0, self.principal.balance) + max(0, self.penalty.balance)
