"""Which month's contribution is owed, and since when: movements replayed, the oldest debt first.

A penalty is counted on each month's debt apart, and the ledger keeps only balances: the debts are
found by playing its movements again. Of a payment the named month is covered first, then the
oldest one (ГК 319.1).
"""

from bisect import insort
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date

from lkcap.kit.money import Kopecks
from lkcap.kit.month import Month


@dataclass(frozen=True, slots=True)
class Movement:
    """One entry of the principal, `amount` as stored (contract §4), kopecks.

    `period` is where it is booked and `month` what it is for; an opening is of its own period.
    """

    op: str
    amount: int
    day: date
    period: Month
    month: Month


@dataclass(frozen=True, slots=True)
class Piece:
    """Kopecks of one month's contribution, paid on one day; None: not paid yet."""

    month: Month
    debt: Kopecks
    paid_on: date | None = None


@dataclass(slots=True)
class Debts:
    """One service of one account; `unpaid` is empty while there is an advance, both kopecks."""

    unpaid: list[Piece] = field(default_factory=list)
    settled: list[Piece] = field(default_factory=list)
    advance: int = 0

    @property
    def balance(self) -> int:
        """What the statement calls Исх. сальдо."""
        return sum(piece.debt for piece in self.unpaid) - self.advance

    def post(self, one: Movement) -> None:
        if one.op in ("payment", "write_off"):
            self._pay(one)
        elif one.op in ("charge", "recalculation", "act"):
            self._charge(one)
        elif one.amount < 0:
            self._cover(-one.amount, one.day)
        else:
            self._owe(one.period, one.amount)

    def _pay(self, one: Movement) -> None:
        """Money given back is owed again as a debt of the month it was given back in."""
        if one.amount < 0:
            self._owe(one.period, -one.amount)
        else:
            named = one.month if one.month < one.period else None
            self._cover(one.amount, one.day, named)

    def _charge(self, one: Movement) -> None:
        """A charge is owed for its own month, an addition for the month it was made in."""
        if one.amount < 0:
            self._forgive(one)
        else:
            self._owe(one.month if one.op == "charge" else one.period, one.amount)

    def _owe(self, month: Month, kopecks: int) -> None:
        used = min(self.advance, kopecks)
        self.advance -= used
        if kopecks > used:
            insort(self.unpaid, Piece(month, Kopecks(kopecks - used)), key=lambda one: one.month)

    def _cover(self, kopecks: int, day: date, named: Month | None = None) -> None:
        """Pay on the day: the named month, then the oldest; the rest is an advance."""
        left = self._take(kopecks, lambda one: one.month == named, day) if named else kopecks
        self.advance += self._take(left, lambda _: True, day)

    def _forgive(self, one: Movement) -> None:
        """Owe less for the month as if it had always been so; the rest covers other debts."""
        left = self._take(-one.amount, lambda piece: piece.month == one.month, None)
        self._cover(left, one.day)

    def _take(self, kopecks: int, fits: Callable[[Piece], bool], day: date | None) -> int:
        """Take from the debts that fit, settled on the day if there is one; what is left over."""
        kept = []
        for piece in self.unpaid:
            part = Kopecks(min(piece.debt, kopecks)) if fits(piece) else Kopecks(0)
            kopecks -= part
            if part and day:
                self.settled.append(Piece(piece.month, part, day))
            if piece.debt > part:
                kept.append(replace(piece, debt=Kopecks(piece.debt - part)))
        self.unpaid = kept
        return kopecks
