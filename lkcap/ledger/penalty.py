"""The penalty («пеня») on a contribution paid late, with its working shown: ЖК 155 ч.14.1.

One piece of debt is a part of one month's contribution that was paid on one day, or is still
unpaid. Everything a law may change is in `Rules`; the engine itself knows only the arithmetic.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from lkcap.kit.money import NBSP, Kopecks, roubles
from lkcap.kit.words import plural, short_date
from lkcap.ledger.rates import BasisPoints, Series, penalty_rates, percent

# 1/300 of a rate in hundredths of a percent: debt x rate x days is divided by this once.
_DIVISOR = 300 * 100 * 100


@dataclass(frozen=True, slots=True)
class Moratorium:
    """Days, both ends included, that are not counted at all."""

    name: str
    first: date
    last: date
    due_before: date | None = None  # only debts that fell due earlier; None: all of them

    def covers(self, due: date) -> bool:
        return self.due_before is None or due < self.due_before


@dataclass(frozen=True, slots=True)
class Ceiling:
    """The rate is no higher than this for payments of `first <= day < until`."""

    name: str
    first: date
    until: date
    rate: BasisPoints


@dataclass(frozen=True, slots=True)
class Start:
    """For debts due from `since` on, the first penalty day is `day` days after the due day."""

    since: date
    day: int


@dataclass(frozen=True, slots=True)
class Rules:
    """What the law says, dated; another region or another year is another object."""

    rates: Series
    starts: tuple[Start, ...]
    moratoria: tuple[Moratorium, ...]
    ceilings: tuple[Ceiling, ...]

    def __post_init__(self) -> None:
        spans = sorted((span.first, span.last) for span in self.moratoria)
        assert all(a[1] < b[0] for a, b in pairwise(spans)), "days cut twice"

    def first_day(self, due: date) -> date:
        """The first day a penalty is counted for, moratoria apart."""
        return due + timedelta(days=self._wait(due))

    def _wait(self, due: date) -> int:
        for start in reversed(self.starts):
            if due >= start.since:
                return start.day
        return self.starts[0].day

    def days(self, due: date, asof: date) -> int:
        """Penalty days from the first one to `asof`, both included, less those of moratoria."""
        counted = asof.toordinal() - due.toordinal() - self._wait(due) + 1
        if counted <= 0:
            return 0
        for span in self.moratoria:
            if due < span.last and span.first <= asof and span.covers(due):
                counted -= _overlap(span, self.first_day(due), asof)
        return counted

    def rate(self, asof: date) -> BasisPoints:
        """The rate for a debt paid on the day: the one in force, under the ceiling of the day."""
        ceiling = self.ceiling(asof)
        rate = self.rates.at(asof)
        return rate if ceiling is None else min(rate, ceiling.rate)

    def ceiling(self, asof: date) -> Ceiling | None:
        """The ceiling for payments of the day, whether or not it lowers anything."""
        for ceiling in self.ceilings:
            if ceiling.first <= asof < ceiling.until:
                return ceiling
        return None


def _overlap(span: Moratorium, first: date, last: date) -> int:
    start, end = max(span.first, first), min(span.last, last)
    return max(0, end.toordinal() - start.toordinal() + 1)


PP_424 = Moratorium("ПП РФ от 02.04.2020 № 424", date(2020, 4, 6), date(2020, 12, 31))

# The bankruptcy moratorium: courts and operators differ whether it covers citizens' contributions,
# so it is off unless the fund's policy adds it.
PP_497 = Moratorium(
    "ПП РФ от 28.03.2022 № 497",
    date(2022, 4, 1),
    date(2022, 10, 1),
    due_before=date(2022, 4, 1),
)

# «До 1 января 2027 г.» leaves that day out; 9,5 % is the key rate of 27.02.2022. The end was moved
# by ПП 1681 of 2022, 2479 of 2022, 2382 of 2023 and 329 of 2025.
PP_474 = Ceiling("ПП РФ от 26.03.2022 № 474", date(2022, 2, 28), date(2027, 1, 1), BasisPoints(950))

# 307-ФЗ of 03.11.2015 put off the first penalty day for debts due since 2016.
RULES = Rules(
    rates=penalty_rates(),
    starts=(Start(date.min, 1), Start(date(2016, 1, 1), 31)),
    moratoria=(PP_424,),
    ceilings=(PP_474,),
)


def formula(debt: int, rate: int, days: int) -> Kopecks:
    """`debt x rate / 300 x days`, rounded half up once; debt in kopecks and not negative."""
    return Kopecks((2 * debt * rate * days + _DIVISOR) // (2 * _DIVISOR))


def amount(debt: int, due: date, asof: date, rules: Rules) -> Kopecks:
    """The penalty alone, in kopecks, for a debt paid on `asof` or still unpaid on it."""
    if debt <= 0:
        return Kopecks(0)
    days = rules.days(due, asof)
    return formula(debt, rules.rate(asof), days) if days else Kopecks(0)


@dataclass(frozen=True, slots=True)
class Skipped:
    """Days left out of the count, both ends included, and the act that says so."""

    name: str
    first: date
    last: date
    days: int

    def __str__(self) -> str:
        first, last = short_date(self.first), short_date(self.last)
        return f"Не считаются {_days(self.days)} с {first} по {last}: {self.name}."


@dataclass(frozen=True, slots=True)
class Working:
    """How a penalty came about: everything a person needs to check it by hand."""

    debt: Kopecks
    due: date
    asof: date
    first_day: date
    days: int
    skipped: tuple[Skipped, ...]
    rate: BasisPoints
    key_rate: BasisPoints
    ceiling: Ceiling | None  # the act that lowered the key rate, if any did
    amount: Kopecks

    def lines(self) -> list[str]:
        """The explanation in Russian, a sentence a line, the sum last."""
        due, first_day = short_date(self.due), short_date(self.first_day)
        start = f"Срок оплаты — {due}, пеня начисляется с {first_day}."
        if self.debt <= 0:
            return ["Долга нет, пеня не начисляется."]
        if self.asof < self.first_day:
            return [start, f"На {short_date(self.asof)} пени нет."]
        return [start, *map(str, self.skipped), self._rate_line(), self.sum_line()]

    def _rate_line(self) -> str:
        of_day = f"Ставка на {short_date(self.asof)} — {_percent(self.key_rate)}"
        if self.ceiling is None:
            return f"{of_day}."
        return f"{of_day}, применяется не выше {_percent(self.rate)}: {self.ceiling.name}."

    def sum_line(self) -> str:
        """`879,97 ₽ × 9,5 % / 300 × 3 дня = 0,84 ₽`."""
        working = f"{_percent(self.rate)} / 300 × {_days(self.days)}"
        return f"{_money(self.debt)} × {working} = {_money(self.amount)}"


def accrue(debt: Kopecks, due: date, asof: date, rules: Rules = RULES) -> Working:
    """The penalty on a piece of debt due on `due`, paid on `asof` or unpaid on it, with reasons.

    An unpaid piece is counted as if paid on that day. A debt of zero or less has no penalty.
    """
    key_rate, rate = rules.rates.at(asof), rules.rate(asof)
    return Working(
        debt=debt,
        due=due,
        asof=asof,
        first_day=rules.first_day(due),
        days=rules.days(due, asof),
        skipped=tuple(_skipped(due, asof, rules)),
        rate=rate,
        key_rate=key_rate,
        ceiling=rules.ceiling(asof) if rate < key_rate else None,
        amount=amount(debt, due, asof, rules),
    )


def _skipped(due: date, asof: date, rules: Rules) -> Iterator[Skipped]:
    first = rules.first_day(due)
    for span in rules.moratoria:
        days = _overlap(span, first, asof) if span.covers(due) else 0
        if days:
            yield Skipped(span.name, max(span.first, first), min(span.last, asof), days)


def _days(days: int) -> str:
    return plural(days, "день", "дня", "дней")


def _percent(rate: int) -> str:
    return f"{percent(rate)}{NBSP}%"


def _money(kopecks: int) -> str:
    return f"{roubles(kopecks)}{NBSP}₽"
