"""What a month costs: rate × area × share, rounded half up to a kopeck."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Self

from lkcap.demo.region.accounts import Account, share
from lkcap.demo.region.houses import House, square_metres
from lkcap.demo.region.timeline import Tariffs, Timeline
from lkcap.kit.money import roubles_plain

# Meetings that raised the contribution did so from here on, or from the history's start.
_SURPLUS_FROM = 40


@dataclass(frozen=True, slots=True)
class Prices:
    """Rates of a house by month, kopecks a square metre: the minimum and the meeting's surplus."""

    minimum: Sequence[int]
    surplus: Sequence[int]

    @classmethod
    def of(cls, house: House, tariffs: Tariffs, time: Timeline) -> Self:
        starts, rates = tariffs.starts(time), tariffs.rates[house.type.tariff]
        minimum: list[int] = []
        for rate, (start, end) in zip(rates, pairwise(starts), strict=True):
            minimum += [rate] * (end - start)
        before = min(_SURPLUS_FROM, len(time) // 3)
        surplus = [0] * before + [house.surplus] * (len(time) - before) if house.surplus else []
        return cls(minimum, surplus)


def charges(account: Account, rates: Sequence[int]) -> tuple[list[int], list[str]]:
    """The charge of each month in kopecks, 0 where there is none, and how it came about."""
    end = len(rates) if account.last is None else account.last + 1
    sums, details = [0] * len(rates), [""] * len(rates)
    known: tuple[int, int] | None = None
    kopecks, words = 0, ""
    for m in range(account.first, end):
        area = account.old_area if m < account.measured else account.premises.area
        if known != (rates[m], area):
            known = (rates[m], area)
            kopecks, words = _charge(rates[m], area, account), _words(rates[m], area, account)
        sums[m], details[m] = kopecks, words
    return sums, details


def new_charges(account: Account, rates: Sequence[int]) -> list[int]:
    """The charges as they would be had the area always been the one measured last."""
    return [_charge(rate, account.premises.area, account) for rate in rates]


def _charge(rate: int, area: int, account: Account) -> int:
    part, whole = account.share
    divisor = 10 * whole
    return (2 * rate * area * part + divisor) // (2 * divisor)


def _words(rate: int, area: int, account: Account) -> str:
    """`17,12 ₽ × 51,4 м² × 1/3`."""
    words = f"{roubles_plain(rate)} ₽ × {square_metres(area)} м²"
    return words if account.share == (1, 1) else f"{words} × {share(account.share)}"
