"""«Куда пойдут деньги»: which months a payment covers, the oldest first (domain rule, ГК 319.1)."""

from collections.abc import Sequence
from dataclasses import dataclass

from lkcap.kit.month import Month
from lkcap.statement.model import MonthBlock


@dataclass(frozen=True, slots=True)
class Part:
    """Kopecks of a payment that go to a month; `month` None is an advance, or a debt older than
    the months looked at. `is_full`: nothing of the month stays unpaid.
    """

    kind: str
    month: Month | None
    amount: int
    is_full: bool
    is_advance: bool = False


def unpaid_months(months: Sequence[MonthBlock]) -> list[tuple[Month | None, int]]:
    """(month, kopecks still owed), the oldest first: the debt stands in the newest charges."""
    left = months[-1].row.closing if months else 0
    found: list[tuple[Month | None, int]] = []
    for block in reversed(months):
        owed = min(left, max(0, block.row.actual))
        if owed > 0:
            found.append((block.month, owed))
            left -= owed
    if left > 0:
        found.append((None, left))
    return found[::-1]


def allocate(kind: str, amount: int, unpaid: Sequence[tuple[Month | None, int]]) -> list[Part]:
    """Spread a payment over what is owed; what is left is an advance."""
    parts = []
    for month, owed in unpaid:
        if amount <= 0:
            break
        taken = min(amount, owed)
        parts.append(Part(kind, month, taken, taken == owed))
        amount -= taken
    if amount > 0:
        parts.append(Part(kind, None, amount, True, is_advance=True))
    return parts
