"""Why a month's contribution is what it is: rate × area × share beside what was charged."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from lkcap.kit.money import Kopecks, half_up
from lkcap.kit.month import Month
from lkcap.statement.model import MonthBlock, Operation


@dataclass(frozen=True, slots=True)
class MonthTerms:
    """As of the month's last day; None is «нет данных». The rate is kopecks a m² a month.

    `rate_since` None: the house's own rate, without dates. `changes` inside the month mean that
    it may have been charged by days.
    """

    fund_method: str | None
    closed_on: date | None
    area: Decimal | None
    share_numerator: int
    share_denominator: int
    state_since: date
    rate: int | None
    rate_since: date | None
    rate_until: date | None
    changes: int

    @property
    def share(self) -> str:
        return f"{self.share_numerator}/{self.share_denominator}"

    @property
    def formula(self) -> Kopecks | None:
        """Rounded half up; None where the rate or the area is not known."""
        if self.rate is None or self.area is None:
            return None
        return half_up(self.rate * self.area * self.share_numerator / self.share_denominator)


@dataclass(frozen=True, slots=True)
class MonthCharge:
    """Kopecks; `charged` is what was charged for this very month, other months' apart."""

    terms: MonthTerms
    charged: int
    services: int

    @property
    def difference(self) -> int | None:
        """What was charged above the formula; None where there is no formula."""
        return None if self.terms.formula is None else self.charged - self.terms.formula

    @property
    def is_rounding(self) -> bool:
        """Each service is rounded on its own, so together they may miss by kopecks."""
        return self.services > 1 and 0 < abs(self.difference or 0) < self.services


def operations(block: MonthBlock) -> Sequence[Operation]:
    """Of the month, by their days."""
    found = [one for service in block.services for one in service.operations]
    return sorted(found, key=lambda one: one.posted_on)


def charge_of(block: MonthBlock, terms: MonthTerms) -> MonthCharge:
    own = [
        one
        for one in operations(block)
        if one.op == "charge"
        and (one.for_period is None or Month.of(one.for_period) == block.month)
    ]
    return MonthCharge(terms, sum(one.amount for one in own), len({one.service for one in own}))
