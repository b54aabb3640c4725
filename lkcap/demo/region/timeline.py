"""The months of the region's history, with all that is the same for every account in them."""

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from importlib import resources
from typing import Self

from lkcap.kit.month import Month, months
from lkcap.ledger.due import DueDays, due_date
from lkcap.ledger.penalty import RULES

PROGRAMME_START = Month(2014, 9)
# The stories look two years back.
_MONTHS_MIN = 24


class ShortHistory(ValueError):
    """There are too few months before today; the message says so in Russian."""


@dataclass(frozen=True, slots=True)
class Timeline:
    """Columns by the month's index: 0 is the first month, the last is the open one.

    `ends` is the last day of each month, today for the open one: nothing is posted later.
    `penalty_days[m][i]` are the days counted at the end of month m on a debt of month i, so that
    an old debt costs one multiplication a month and no calendar arithmetic.
    """

    today: date
    months: tuple[Month, ...]
    names: tuple[str, ...]
    ends: tuple[date, ...]
    ends_iso: tuple[str, ...]
    due: tuple[date, ...]
    rates: tuple[int, ...]
    penalty_days: tuple[tuple[int, ...], ...]

    @classmethod
    def until(cls, today: date, due_days: DueDays, history: int | None = None) -> Self:
        """From the programme's start, or the last `history` months; raises ShortHistory."""
        open_month = Month.of(today)
        first = PROGRAMME_START
        if history is not None:
            first = max(first, open_month + (1 - history))
        span = tuple(months(first, open_month))
        if len(span) < _MONTHS_MIN:
            raise ShortHistory(
                f"нужно не меньше {_MONTHS_MIN} месяцев истории, с {first} их {len(span)}"
            )
        ends = tuple(min(month.last_day, today) for month in span)
        due = tuple(due_date(month, due_days) for month in span)
        return cls(
            today=today,
            months=span,
            names=tuple(str(month) for month in span),
            ends=ends,
            ends_iso=tuple(end.isoformat() for end in ends),
            due=due,
            rates=tuple(RULES.rate(end) for end in ends),
            penalty_days=tuple(
                tuple(RULES.days(due[i], end) for i in range(m + 1)) for m, end in enumerate(ends)
            ),
        )

    def __len__(self) -> int:
        return len(self.months)

    def index(self, month: Month) -> int:
        """The month's place, kept inside the history."""
        return min(max(0, month - self.months[0]), len(self.months) - 1)

    def day(self, m: int, day: int) -> date | None:
        """The day of month m, the last one for a larger number; None for one still to come."""
        end = self.ends[m]
        if day <= end.day:
            return end.replace(day=day)
        return None if m == len(self.months) - 1 else end


@dataclass(frozen=True, slots=True)
class Tariffs:
    """Contribution rates in kopecks a square metre, by kind of house, from month to month."""

    since: tuple[Month, ...]
    rates: Mapping[str, tuple[int, ...]]

    @classmethod
    def read(cls) -> Self:
        file = resources.files("lkcap.demo").joinpath("data/tariffs.csv")
        rows = list(csv.DictReader(file.read_text("utf-8").splitlines(), delimiter=";"))
        kinds = [name for name in rows[0] if name != "valid_from"]
        return cls(
            since=tuple(Month.parse(row["valid_from"]) for row in rows),
            rates={kind: tuple(_kopecks(row[kind]) for row in rows) for kind in kinds},
        )

    def starts(self, time: Timeline) -> Sequence[int]:
        """The month indexes where each rate begins, closed by the end of the history."""
        marks = [min(max(0, since - time.months[0]), len(time)) for since in self.since]
        return [*marks, len(time)]


def _kopecks(text: str) -> int:
    return int(text.replace(".", ""))
