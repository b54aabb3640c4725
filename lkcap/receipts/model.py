"""The receipt («платёжный документ», ЖК 155 and 171, form of Приказ Минстроя № 43/пр).

A receipt is figures and words as they were when it was made; nothing in it is looked up again.
All sums are kopecks; a debt is positive, an overpayment negative.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from lkcap.kit.month import Month
from lkcap.paper.letterhead import Letterhead
from lkcap.payments.payee import Payee


@dataclass(frozen=True, slots=True)
class Payer:
    """Who pays and for what premises, at the month's end; area is m², rate kopecks a m²."""

    number: str
    name: str
    address: str
    premises_kind: str
    area: Decimal | None
    share: str
    els: str | None
    service_code: str | None
    rate: int | None
    closed_on: date | None


@dataclass(frozen=True, slots=True)
class KindSums:
    """One kind of debt in the month: the numbers of the statement's row."""

    opening: int = 0
    charged: int = 0
    recalculated: int = 0
    paid: int = 0
    corrected: int = 0
    written_off: int = 0
    closing: int = 0

    @property
    def due(self) -> int:
        return max(0, self.closing)


@dataclass(frozen=True, slots=True)
class Reason:
    """An operation worth a sentence: a recalculation, an act, a correction, a penalty."""

    kind: str
    op: str
    amount: int
    document: str | None
    details: str | None
    for_period: date | None


@dataclass(frozen=True, slots=True)
class Claim:
    """What is asked and why: when it changes, the receipt is another version.

    `payee` None: nothing can be paid here (a special account with another owner, or requisites
    that the fund has not set). `untold` reasons did not fit.
    """

    principal: KindSums
    penalty: KindSums
    due_on: date
    payee: Payee | None
    last_paid_on: date | None
    reasons: tuple[Reason, ...]
    untold: int

    @property
    def total(self) -> int:
        """К оплате: an advance of one kind does not cover the other (contract §4)."""
        return self.principal.due + self.penalty.due

    @property
    def advance(self) -> int:
        return max(0, -self.principal.closing) + max(0, -self.penalty.closing)


@dataclass(frozen=True, slots=True)
class HouseNote:
    """The house on the day of issue: of each 100 ₽ charged, the fund in kopecks, the next work."""

    collected: int | None
    fund: int | None
    work: str | None
    work_year: int | None


@dataclass(frozen=True, slots=True)
class Receipt:
    """`replaces` is the day of the version before, None for the first; `ways` tell how to pay."""

    period: date
    version: int
    made_on: date
    replaces: date | None
    is_elsewhere: bool
    sender: Letterhead
    ways: tuple[str, ...]
    payer: Payer
    claim: Claim
    house: HouseNote | None

    @property
    def month(self) -> Month:
        return Month.of(self.period)

    @property
    def document(self) -> str:
        """Номер платёжного документа."""
        version = f"-{self.version}" if self.version > 1 else ""
        return f"{self.payer.number}-{self.period:%m%Y}{version}"
