"""«Что будет, если…»: one sum every month, until nothing is overdue. An estimate, not a promise.

It is counted by today's rate, ceiling and contribution, whatever the law says of later days: what
they will be nobody knows. Money goes to the contributions whose day has come, the oldest first,
then to the penalty, and what is left over is kept for the contributions to come.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from lkcap.kit.money import Kopecks
from lkcap.kit.month import Month
from lkcap.ledger.due import DueDays, due_date
from lkcap.ledger.penalty import RULES, formula
from lkcap.ledger.rates import BasisPoints

# Longer than this is not a plan any more.
MONTHS_MAX = 120


@dataclass(frozen=True, slots=True)
class Outset:
    """Where the account stands today, kopecks; balances are positive for a debt.

    `owed` are unpaid contributions by month, `charged_until` the last month that is charged
    already, and `contribution` what each later one will cost.
    """

    today: date
    owed: tuple[tuple[Month, int], ...]
    advance: int
    penalty: int
    charged_until: Month
    contribution: int
    due_days: DueDays

    @property
    def rate(self) -> BasisPoints:
        return RULES.rate(self.today)

    @property
    def overdue(self) -> int:
        """Contributions whose day has passed, and the penalty."""
        late = sum(debt for month, debt in self.owed if self.due(month) < self.today)
        return max(0, late - self.advance) + max(0, self.penalty)

    def due(self, month: Month) -> date:
        return due_date(month, self.due_days)

    @property
    def first(self) -> Month:
        """The month whose contribution is the next to be due."""
        month = Month.of(self.today) + (-1)
        return month if self.due(month) >= self.today else month + 1


@dataclass(frozen=True, slots=True)
class Step:
    """One payment, kopecks. `debt` is what is left of contributions whose day has come."""

    day: date
    month: Month
    paid: int
    accrued: int
    debt: int
    penalty: int

    @property
    def left(self) -> int:
        return self.debt + max(0, self.penalty)


@dataclass(frozen=True, slots=True)
class Plan:
    monthly: int
    steps: tuple[Step, ...]

    @property
    def is_repaid(self) -> bool:
        return not self.steps[-1].left

    @property
    def accrued(self) -> int:
        """All the penalty that comes on the way."""
        return sum(step.accrued for step in self.steps)

    @property
    def paid(self) -> int:
        return sum(step.paid for step in self.steps)


@dataclass(slots=True)
class _Account:
    """What changes from step to step."""

    outset: Outset
    owed: dict[Month, int]
    advance: int
    penalty: int
    counted: date

    def charge(self, month: Month) -> None:
        if month > self.outset.charged_until and self.outset.contribution:
            used = min(self.advance, self.outset.contribution)
            self.advance -= used
            self.owed[month] = self.owed.get(month, 0) + self.outset.contribution - used

    def grow(self, day: date) -> int:
        """The penalty since the day it was counted last."""
        rate, grown = self.outset.rate, 0
        for month, debt in self.owed.items():
            due = self.outset.due(month)
            now, before = RULES.days(due, day), RULES.days(due, self.counted)
            grown += formula(debt, rate, now) - formula(debt, rate, before)
        self.counted = day
        self.penalty += grown
        return grown

    def pay(self, kopecks: int, last: Month) -> None:
        """Contributions up to the month, then the penalty, then the contributions to come."""
        left = self.cover(kopecks, [month for month in sorted(self.owed) if month <= last])
        to_penalty = min(left, max(0, self.penalty))
        self.penalty -= to_penalty
        self.advance += self.cover(left - to_penalty, sorted(self.owed))

    def cover(self, kopecks: int, months: Iterable[Month]) -> int:
        for month in months:
            part = min(kopecks, self.owed[month])
            self.owed[month] -= part
            kopecks -= part
        return kopecks

    def debt(self, last: Month) -> int:
        return sum(debt for month, debt in self.owed.items() if month <= last)


def plan(outset: Outset, monthly: Kopecks) -> Plan:
    """Pay so much on each due day from the next one on; `monthly` is above zero.

    Ends with the payment that leaves nothing overdue, or after MONTHS_MAX of them.
    """
    assert monthly > 0
    account = _begin(outset)
    steps = [_step(account, outset.first, monthly)]
    while steps[-1].left and len(steps) < MONTHS_MAX:
        steps.append(_step(account, steps[-1].month + 1, monthly))
    return Plan(monthly, tuple(steps))


def _begin(outset: Outset) -> _Account:
    owed: dict[Month, int] = {}
    for month, debt in outset.owed:
        owed[month] = owed.get(month, 0) + debt
    account = _Account(outset, owed, 0, outset.penalty, outset.today)
    # an advance of one service covers the debt of another, as in the balance of both
    account.advance = account.cover(outset.advance, sorted(owed))
    return account


def _step(account: _Account, month: Month, monthly: int) -> Step:
    day = account.outset.due(month)
    account.charge(month)
    accrued = account.grow(day)
    account.pay(monthly, month)
    return Step(day, month, monthly, accrued, account.debt(month), account.penalty)
