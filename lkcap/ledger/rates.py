"""Dated series of rates: what was in force on a day."""

import csv
from bisect import bisect_right
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources
from itertools import pairwise
from typing import NewType, Self

# 9,5 % a year is 950: rates are published with two decimals at most, so integers are exact.
BasisPoints = NewType("BasisPoints", int)


def percent(rate: int) -> str:
    """For a person: 950 is `9,5`, 825 is `8,25`, 2000 is `20`."""
    whole, fraction = divmod(rate, 100)
    return f"{whole},{fraction:02d}".rstrip("0").rstrip(",")


@dataclass(frozen=True, slots=True)
class Series:
    """Rates and the ordinals of the days from which each is in force, in rising order."""

    days: tuple[int, ...]
    rates: tuple[BasisPoints, ...]

    def __post_init__(self) -> None:
        assert len(self.days) == len(self.rates) > 0
        assert all(earlier < later for earlier, later in pairwise(self.days))

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read CSV `valid_from;rate` with rates like `8.25`; raises ValueError."""
        rows = sorted(
            (date.fromisoformat(row["valid_from"]).toordinal(), _basis_points(row["rate"]))
            for row in csv.DictReader(text.splitlines(), delimiter=";")
        )
        return cls(tuple(day for day, _ in rows), tuple(rate for _, rate in rows))

    def at(self, day: date) -> BasisPoints:
        """The rate in force on the day; a day before the first row takes the first rate."""
        return self.rates[max(0, bisect_right(self.days, day.toordinal()) - 1)]


def _basis_points(text: str) -> BasisPoints:
    whole, _, fraction = text.partition(".")
    if not (whole.isdigit() and len(fraction) <= 2 and (fraction or "0").isdigit()):
        raise ValueError(f"не ставка в процентах вида 8.25: «{text[:20]}»")
    return BasisPoints(int(whole) * 100 + int(fraction.ljust(2, "0")))


@cache
def penalty_rates() -> Series:
    """The rate penalties are counted by: the refinancing rate, since 01.01.2016 the key rate.

    Указание Банка России от 11.12.2015 № 3894-У made the two equal.
    """
    file = resources.files(__package__).joinpath("data/penalty_rates.csv")
    return Series.parse(file.read_text(encoding="utf-8"))
