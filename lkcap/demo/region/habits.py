"""What the tenants of an ordinary house live through."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from random import Random

from lkcap.demo.region import events
from lkcap.demo.region.accounts import Account
from lkcap.demo.region.charging import Prices, charges, new_charges
from lkcap.demo.region.life import Balance, Habits
from lkcap.demo.region.payers import any_payer
from lkcap.demo.region.timeline import Timeline

# One house in a hundred had its works done by the owners before their turn came.
_ACT_CHANCE = 0.01


def habits_of(
    accounts: Sequence[Account], prices: Prices, time: Timeline, rng: Random, *, eventful: bool
) -> list[Habits]:
    """In the accounts' order; in an eventful house each kind of event happens to someone."""
    made = [_habits(account, prices, time, rng) for account in accounts]
    if eventful:
        someone = _plain(accounts, made, time)
        for which, (account, habits) in zip(range(events.KINDS), someone, strict=False):
            events.add(habits.events, events.some_event(which, account, time, rng))
    _transfers(accounts, made, time, rng, eventful=eventful)
    if rng.random() < _ACT_CHANCE and len(time) > 60:
        first = rng.randint(3, len(time) - 45)
        act = list(events.act(first, first + rng.randint(12, 36), rng.randint(1, 60), time))
        for _, habits in _plain(accounts, made, time):
            events.add(habits.events, act)
    return made


def _habits(account: Account, prices: Prices, time: Timeline, rng: Random) -> Habits:
    habits = Habits(any_payer(rng, len(time)), brought=_brought(account, prices, time, rng))
    events.add(habits.events, events.any_events(account, time, rng))
    if account.measured:
        was, _ = charges(account, prices.minimum)
        now = new_charges(account, prices.minimum)
        events.add(habits.events, events.measured(account, was, now))
    return habits


def _brought(account: Account, prices: Prices, time: Timeline, rng: Random) -> Balance:
    """The balance from an older system, of an account opened before its first month here."""
    if account.opened_on >= time.months[account.first].first_day:
        return Balance()
    month = account.premises.area * prices.minimum[account.first] // 10
    principal = month * rng.randint(-300, 900) // 100
    return Balance(principal, max(0, principal) * rng.randint(1, 9) // 100)


def _plain(
    accounts: Sequence[Account], habits: Sequence[Habits], time: Timeline
) -> Iterator[tuple[Account, Habits]]:
    """Those whose account is open all the time."""
    for account, its in zip(accounts, habits, strict=True):
        if events.fits(account, time):
            yield account, its


def _transfers(
    accounts: Sequence[Account], made: Sequence[Habits], time: Timeline, rng: Random, *,
    eventful: bool,
) -> None:  # fmt: skip
    """Payments that went to the neighbour, now and then; one at least in an eventful house."""
    for (wrong, its), (right, others) in pairwise(_plain(accounts, made, time)):
        if eventful or rng.random() < events.TRANSFER_CHANCE:
            eventful = False
            m = rng.randint(max(wrong.first, right.first), len(time) - 4)
            away, here = events.transfer(wrong, right, m, rng)
            events.add(its.events, away)
            events.add(others.events, here)
