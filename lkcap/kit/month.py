"""A calendar month, the unit in which the ledger counts («период»)."""

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import date
from functools import total_ordering
from typing import Self

NAMES = (
    "январь", "февраль", "март", "апрель", "май", "июнь",
    "июль", "август", "сентябрь", "октябрь", "ноябрь", "декабрь",
)  # fmt: skip
NAMES_GENITIVE = (
    "января", "февраля", "марта", "апреля", "мая", "июня",
    "июля", "августа", "сентября", "октября", "ноября", "декабря",
)  # fmt: skip
NAMES_PREPOSITIONAL = (
    "январе", "феврале", "марте", "апреле", "мае", "июне",
    "июле", "августе", "сентябре", "октябре", "ноябре", "декабре",
)  # fmt: skip

_YEAR_MONTH = re.compile(r"(\d{4})-(\d{2})")
YEARS = range(1990, 2200)


class BadMonth(ValueError):
    """The text is not a month `YYYY-MM`."""


@total_ordering
class Month:
    """Immutable and ordered; `Month(2026, 11) + 1` is the next one, a difference is in months."""

    __slots__ = ("_ordinal",)

    def __init__(self, year: int, month: int) -> None:
        if year not in YEARS or not 1 <= month <= 12:
            raise BadMonth(f"нет такого месяца: {year}-{month:02d}")
        self._ordinal = year * 12 + month - 1

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read `2026-11`; raises BadMonth."""
        match = _YEAR_MONTH.fullmatch(text)
        if match is None:
            raise BadMonth(f"не месяц вида 2026-11: «{text[:20]}»")
        return cls(int(match[1]), int(match[2]))

    @classmethod
    def of(cls, day: date) -> Self:
        return cls(day.year, day.month)

    @property
    def year(self) -> int:
        return self._ordinal // 12

    @property
    def month(self) -> int:
        return self._ordinal % 12 + 1

    @property
    def first_day(self) -> date:
        return date(self.year, self.month, 1)

    @property
    def last_day(self) -> date:
        return date(self.year, self.month, self.days)

    @property
    def days(self) -> int:
        return monthrange(self.year, self.month)[1]

    @property
    def name(self) -> str:
        """`ноябрь 2026`."""
        return f"{NAMES[self.month - 1]} {self.year}"

    @property
    def short_name(self) -> str:
        """`ноя`, under a window of a year's row."""
        return NAMES[self.month - 1][:3]

    @property
    def genitive(self) -> str:
        """`ноября 2026`, as in «с ноября 2026»."""
        return f"{NAMES_GENITIVE[self.month - 1]} {self.year}"

    def __add__(self, months: int) -> Self:
        year, month = divmod(self._ordinal + months, 12)
        return type(self)(year, month + 1)

    def __sub__(self, other: "Month") -> int:
        return self._ordinal - other._ordinal

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Month) and self._ordinal == other._ordinal

    def __lt__(self, other: "Month") -> bool:
        return self._ordinal < other._ordinal

    def __hash__(self) -> int:
        return self._ordinal

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.month:02d}"

    def __repr__(self) -> str:
        return f"Month({self.year}, {self.month})"


def months(first: Month, last: Month) -> Iterator[Month]:
    """Every month from first to last, both included; none if last is earlier."""
    return (first + step for step in range(last - first + 1))
