"""The account's money by year: what was charged, what was paid, and what was owed at the end."""

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, HEIGHT = 640, 180
_TOP, _BOTTOM = 10, 150


@dataclass(frozen=True, slots=True)
class Year:
    """Both kinds together, kopecks; `closing` is positive for a debt, negative when overpaid."""

    year: int
    charged: int
    paid: int
    closing: int


@dataclass(frozen=True, slots=True)
class Column:
    """A year's balance in the units of the chart's view box: `y` is its end, `zero` its start."""

    year: int
    left: int
    width: int
    y: int
    zero: int
    is_debt: bool

    @property
    def label_x(self) -> int:
        return self.left + self.width // 2


def columns(years: Sequence[Year]) -> list[Column]:
    """Debts above the line and overpayments below it, to one scale; none without a balance."""
    highest = max((max(0, one.closing) for one in years), default=0)
    lowest = max((max(0, -one.closing) for one in years), default=0)
    if not highest + lowest:
        return []
    height, step = _BOTTOM - _TOP, WIDTH // len(years)
    zero = _TOP + height * highest // (highest + lowest)
    return [
        Column(
            year=one.year,
            left=place * step + step // 6,
            width=step * 2 // 3,
            y=zero - height * one.closing // (highest + lowest),
            zero=zero,
            is_debt=one.closing > 0,
        )
        for place, one in enumerate(years)
    ]
