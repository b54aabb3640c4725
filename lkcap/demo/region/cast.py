"""Where the stories live and how their accounts behave: chance has no part in it."""

from collections.abc import Callable, Mapping
from random import Random

from lkcap.demo.region import events, stories
from lkcap.demo.region.accounts import WHOLE, Account, Premises
from lkcap.demo.region.houses import TYPES, Wanted
from lkcap.demo.region.life import Habits
from lkcap.demo.region.names import Owner, organization, person
from lkcap.demo.region.payers import Exact, Payer, Refuser, Till
from lkcap.demo.region.scripts import Ahead, OneMonth, Prepaid, Scripted
from lkcap.demo.region.timeline import Timeline
from lkcap.kit.month import Month
from lkcap.ledger.penalty import RULES

# The houses of the stories, by number: the rest of their premises is ordinary.
HOUSES = {
    1: Wanted(TYPES[1], works=10),
    2: Wanted(TYPES[3], surplus=150),
    3: Wanted(TYPES[0], fund_method="special_other"),
    4: Wanted(TYPES[2]),
}
# Where each story lives; areas in tenths of a square metre.
_PLACES = {
    1: (1, Premises("12", "living", 514)),
    2: (1, Premises("27", "living", 432)),
    3: (1, Premises("31", "living", 627)),
    4: (1, Premises("8", "living", 351)),
    5: (1, Premises("44", "living", 583)),
    6: (1, Premises("19", "living", 470)),
    7: (1, Premises("3", "living", 749)),
    8: (1, Premises("56", "living", 512)),
    9: (1, Premises("40", "living", 336)),
    10: (1, Premises("21", "living", 644)),
    11: (1, Premises("22", "living", 486)),
    12: (1, Premises("м/м 7", "parking", 135)),
    13: (1, Premises("58", "living", 312)),
    14: (2, Premises("5", "living", 455)),
    15: (3, Premises("2", "living", 398)),
    **{n: (4, Premises(f"н{n - 15}", "nonliving", 400 + 37 * n % 900)) for n in stories.OFFICES},
}


def roles(house: int, accounts: int, time: Timeline) -> list[tuple[Account, Habits]]:
    """The story accounts of a house with what they live through; chance has no part in it."""
    return [_role(n, time) for n in stories.ordinals(accounts) if _PLACES[n][0] == house]


def _role(ordinal: int, time: Timeline) -> tuple[Account, Habits]:
    till = Till(_rng(ordinal), has_bank_ref=True, pays_penalty=0.0 if ordinal == 7 else 1.0)
    habits = Habits(_PAYERS.get(ordinal, _on_time)(till, time))
    if ordinal == 8:
        last = len(time) - 6
        events.add(habits.events, events.act(last - 17, last, 7, time))
    return _account(ordinal, time), habits


def _account(ordinal: int, time: Timeline) -> Account:
    house, premises = _PLACES[ordinal]
    return Account(
        ordinal=ordinal,
        house_id=f"H-{house}",
        premises=premises,
        owners=_owners(ordinal, time),
        opened_on=time.months[0].first_day,
        first=0,
        last=len(time) - 9 if ordinal == 13 else None,
        share=(1, 3) if ordinal == 11 else WHOLE,
        aliases=f"5500{ordinal:03d},68001550{ordinal:04d}@2020-01-01" if ordinal < 3 else "",
    )


def _owners(ordinal: int, time: Timeline) -> tuple[tuple[str, Owner], ...]:
    if ordinal in stories.OFFICES:
        return (("", organization(1)),)
    rng = _rng(10 if ordinal in (11, 12) else ordinal)  # one family
    owner = person(rng)
    if ordinal == 9:
        return (("", owner), (f"{time.today.year - 1}-07-01", person(rng)))
    return (("", owner),)


def _rng(ordinal: int) -> Random:
    """The region's seed has no part in it: a story is the same everywhere."""
    return Random(f"story {ordinal}")  # noqa: S311 - a story, not a secret


def _begun(time: Timeline) -> int:
    """The first month whose debt brings no penalty before today."""
    return next(m for m, due in enumerate(time.due) if RULES.first_day(due) >= time.today)


def _on_time(till: Till, _: Timeline) -> Payer:
    return Exact(till, 5)


def _span(time: Timeline, first: tuple[int, int], last: tuple[int, int]) -> tuple[int, int]:
    return time.index(Month(*first)), time.index(Month(*last))


def _before_purchase(time: Timeline) -> tuple[int, int]:
    bought = time.index(Month(time.today.year - 1, 7))
    return bought - 2, bought


_PAYERS: Mapping[int, Callable[[Till, Timeline], Payer]] = {
    1: lambda till, _: Prepaid(till),
    2: lambda till, time: OneMonth(till, forgets=_begun(time) - 1),
    3: lambda till, time: Scripted(till, 9, ((_begun(time) + 1, len(time)),)),
    4: lambda till, _: Ahead(till),
    5: lambda till, time: Scripted(till, 10, (_span(time, (2020, 2), (2021, 1)),)),
    6: lambda till, time: Scripted(
        till, 10, (_span(time, (2022, 5), (2023, 1)), _span(time, (2023, 3), (2023, 7)))
    ),
    7: lambda till, time: Refuser(
        till,
        stops=time.index(Month(2016, 1)),
        court=time.index(Month(2021, 5)),
        limitation=time.index(Month(2021, 11)),
    ),
    9: lambda till, time: Scripted(till, 12, (_before_purchase(time),)),
    13: lambda till, time: Scripted(till, 14, ((len(time) - 9, len(time) - 7),)),
}
