"""Two pictures drawn by the server as SVG: the hundred windows, and the money by year."""

from collections.abc import Sequence
from dataclasses import dataclass

from lkcap.house.model import Hundred, YearMoney

FLOORS, WINDOWS = 5, 20
_STEP_X, _STEP_Y = 20, 27
_LEFT, _GROUND = 5, 117

CHART_WIDTH, CHART_HEIGHT = 640, 180
_BASE = 150


def facade(share: Hundred) -> list[tuple[str, str]]:
    """(class, path) of the windows, lit from the ground floor up."""
    paths: dict[str, list[str]] = {"spent": [], "lit": [], "empty": []}
    states = ["spent"] * share.spent + ["lit"] * share.kept + ["empty"] * share.unpaid
    for place, state in enumerate(states):
        floor, window = divmod(place, WINDOWS)
        x, y = _LEFT + window * _STEP_X, _GROUND - floor * _STEP_Y
        paths[state].append(f"M{x} {y}h14v20h-14z")
    return [(state, "".join(path)) for state, path in paths.items() if path]


@dataclass(frozen=True, slots=True)
class Bar:
    """A year in the chart, in the units of its view box."""

    year: int
    left: int
    width: int
    charged_top: int
    paid_top: int
    base: int = _BASE

    @property
    def label_x(self) -> int:
        return self.left + self.width // 2


def bars(years: Sequence[YearMoney]) -> list[Bar]:
    """One bar a year, the highest fills the chart; a negative year has no height."""
    highest = max((max(one.charged, one.paid) for one in years), default=0)
    if highest <= 0:
        return []
    step = CHART_WIDTH // len(years)
    return [
        Bar(
            year=one.year,
            left=place * step + step // 6,
            width=step * 2 // 3,
            charged_top=_top(one.charged, highest),
            paid_top=_top(one.paid, highest),
        )
        for place, one in enumerate(years)
    ]


def _top(amount: int, highest: int) -> int:
    return _BASE - max(0, amount) * (_BASE - 10) // highest
