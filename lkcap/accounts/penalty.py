"""Why the penalty of a month is what it is: our own count of it beside what was charged.

The billing system's entries are the money; our count only explains them (contract §4).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from lkcap.accounts.history import History
from lkcap.kit.month import Month
from lkcap.ledger.debts import Debts, Movement, Piece
from lkcap.ledger.due import DueDays, due_date
from lkcap.ledger.penalty import RULES, Working, accrue, amount


@dataclass(frozen=True, slots=True)
class Count:
    """The penalty on one piece of debt by the month's end, or by the day it was paid."""

    service: str
    month: Month
    is_paid: bool
    working: Working


@dataclass(frozen=True, slots=True)
class MonthCount:
    """Kopecks. `before` is what the debts of the month's beginning had brought by `before_day`."""

    asof: date
    before_day: date
    before: int
    counts: Sequence[Count]

    @property
    def total(self) -> int:
        return sum(one.working.amount for one in self.counts)

    @property
    def accrued(self) -> int:
        """The month's own penalty: below zero where debts or the rate became smaller."""
        return self.total - self.before


def count_month(history: History, month: Month, today: date, due_days: DueDays) -> MonthCount:
    """All by the month's end less all by the end of the month before, as billing counts it.

    Of the open month the end is today. What was booked later is not looked at, so that a payment
    that came late is counted in the month it was booked in.
    """
    asof, before_day = min(month.last_day, today), (month + (-1)).last_day
    before, counts = 0, []
    for service, movements in history.items():
        debts = _played(Debts(), movements, month + (-1))
        before += _unpaid(debts, before_day, due_days)
        known = len(debts.settled)
        _played(debts, [one for one in movements if one.period == month], month)
        pieces = [*debts.settled[known:], *debts.unpaid]
        counts += list(_counts(service, pieces, asof, due_days))
    return MonthCount(asof, before_day, before, counts)


def _played(debts: Debts, movements: Sequence[Movement], last: Month) -> Debts:
    for one in movements:
        if one.period <= last:
            debts.post(one)
    return debts


def _unpaid(debts: Debts, day: date, due_days: DueDays) -> int:
    return sum(amount(one.debt, due_date(one.month, due_days), day, RULES) for one in debts.unpaid)


def _counts(
    service: str, pieces: Sequence[Piece], asof: date, due_days: DueDays
) -> Iterator[Count]:
    """Debts whose first penalty day has not come are left out."""
    for one in sorted(pieces, key=lambda piece: piece.month):
        day = one.paid_on or asof
        working = accrue(one.debt, due_date(one.month, due_days), day)
        if working.first_day <= day:
            yield Count(service, one.month, one.paid_on is not None, working)


def count_all(history: History, month: Month, today: date, due_days: DueDays) -> int:
    """Everything from the account's first month to this one, kopecks."""
    asof, total = min(month.last_day, today), 0
    for movements in history.values():
        debts = _played(Debts(), movements, month)
        total += _unpaid(debts, asof, due_days)
        total += sum(
            amount(one.debt, due_date(one.month, due_days), one.paid_on, RULES)
            for one in debts.settled
            if one.paid_on
        )
    return total
