"""When a month's contribution must be paid («срок внесения», ЖК 155 ч.1 and ч.2, ЖК 171 ч.1)."""

import re
from bisect import bisect_right
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from itertools import pairwise
from typing import Self

from holidays import HolidayBase, country_holidays

from lkcap.kit.month import BadMonth, Month

_PERIOD_DAY = re.compile(r"(\d{4}-\d{2}):(\d{1,2})")


@dataclass(frozen=True, slots=True)
class DueDays:
    """Due days with the periods they apply from, in rising order.

    Regions set the day by their own laws and change it, so it is never a constant. Day 31 means
    the last day of any month.
    """

    since: tuple[Month, ...]
    days: tuple[int, ...]

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read `2014-09:10,2026-03:15`; raises ValueError that says in Russian what is wrong."""
        pairs = [_pair(part.strip()) for part in text.split(",")]
        since = tuple(period for period, _ in pairs)
        if any(earlier >= later for earlier, later in pairwise(since)):
            raise ValueError(f"периоды должны идти по возрастанию и не повторяться: «{text}»")
        return cls(since, tuple(day for _, day in pairs))

    def of(self, period: Month) -> int:
        """The due day for the period; periods before the first one take its day."""
        return self.days[max(0, bisect_right(self.since, period) - 1)]


def _pair(text: str) -> tuple[Month, int]:
    match = _PERIOD_DAY.fullmatch(text)
    if match is None:
        raise ValueError(f"не период и день вида 2014-09:10: «{text[:40]}»")
    try:
        period = Month.parse(match[1])
    except BadMonth as error:
        raise ValueError(str(error)) from error
    day = int(match[2])
    if not 1 <= day <= 31:
        raise ValueError(f"день оплаты должен быть от 1 до 31: «{text[:40]}»")
    return period, day


def due_date(period: Month, due_days: DueDays, *, move_to_working_day: bool = True) -> date:
    """The last day to pay for the period without delay, in the month after it.

    A day off moves it to the next working day (ГК 193), unless the fund's region holds otherwise.
    """
    month = period + 1
    day = month.first_day.replace(day=min(due_days.of(period), month.days))
    while move_to_working_day and not _calendar(day.year).is_working_day(day):
        day += timedelta(days=1)
    return day


@cache
def _calendar(year: int) -> HolidayBase:
    """Russian holidays, moved days off and working Saturdays of one year.

    One object a year and never expanded: the library fills a year lazily, which threads would see.
    """
    return country_holidays("RU", years=year, expand=False)
