"""Writes a region as a package of files, house by house, in memory that does not grow."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from random import Random

from lkcap.demo.region import cast, stories
from lkcap.demo.region.accounts import Account
from lkcap.demo.region.charging import Prices
from lkcap.demo.region.files import Files, open_files
from lkcap.demo.region.habits import habits_of
from lkcap.demo.region.houses import House, make_house, requisites
from lkcap.demo.region.life import Balance, Closing, Habits, live
from lkcap.demo.region.lines import Lines
from lkcap.demo.region.stories import Story
from lkcap.demo.region.tenants import Tenants
from lkcap.demo.region.timeline import Tariffs, Timeline
from lkcap.kit.money import roubles_plain
from lkcap.ledger.due import DueDays

# One ordinary account in so many gets its closing balances into balances.csv; every story does.
_BALANCE_EVERY = 10


@dataclass(frozen=True, slots=True)
class RegionSummary:
    """What was written, in rows, and the accounts with a story."""

    houses: int
    accounts: int
    entries: int
    balances: int
    stories: list[Story]


def write_package(
    folder: Path,
    *,
    accounts: int,
    seed: int,
    today: date,
    due_days: DueDays,
    progress: Callable[[int], None] | None = None,
    months: int | None = None,
    gzipped: bool = False,
) -> RegionSummary:
    """Write a region of so many accounts, the stories' included even if there are fewer.

    The same arguments give the same bytes. `progress` is told the accounts written so far, after
    each house. `months` cuts the history short; under two years it raises ShortHistory.
    """
    time = Timeline.until(today, due_days, months)
    with open_files(folder, gzipped=gzipped) as files:
        region = _Region(files, time, seed, max(accounts, stories.STORIES_MIN))
        for written in region.write():
            if progress is not None:
                progress(written)
    return RegionSummary(
        houses=region.houses,
        accounts=region.accounts,
        entries=region.lines.count,
        balances=region.balances,
        stories=stories.stories_of(accounts),
    )


@dataclass(slots=True)
class _Region:
    files: Files
    time: Timeline
    seed: int
    size: int
    tariffs: Tariffs = field(default_factory=Tariffs.read)
    lines: Lines = field(default_factory=Lines)
    houses: int = 0
    accounts: int = 0
    balances: int = 0

    def write(self) -> Iterator[int]:
        """Writes house after house; yields the number of accounts written so far."""
        ordinary = self.size - len(stories.ordinals(self.size))
        written = 0
        while written < ordinary or self.houses < len(cast.HOUSES):
            written += self._house(written, ordinary - written)
            yield self.accounts

    def _house(self, before: int, limit: int) -> int:
        """Write the next house with at most so many ordinary accounts; returns their number."""
        self.houses += 1
        number = self.houses
        rng = Random(f"{self.seed} {number}")  # noqa: S311 - a seeded region is the point
        house = make_house(number, rng, self.time.today.year, cast.HOUSES.get(number))
        prices = Prices.of(house, self.tariffs, self.time)
        self._write_house(house, prices, rng)
        roles = cast.roles(number, self.size, self.time)
        taken = frozenset(account.premises.label for account, _ in roles)
        tenants = Tenants(house, self.time, rng, taken)
        ordinary = tenants.accounts(stories.FIRST_ORDINARY + before, limit)
        habits = habits_of(ordinary, prices, self.time, rng, eventful=number == 1)
        self._write_accounts(house, prices, [*roles, *zip(ordinary, habits, strict=True)])
        return len(ordinary)

    def _write_house(self, house: House, prices: Prices, rng: Random) -> None:
        files = self.files
        files.write("houses", [house.row(prices.minimum[-1])])
        files.write("requisites", requisites(house, rng))
        files.write("works", (w.row(house.id, i) for i, w in enumerate(house.works, start=1)))
        since = zip(self.tariffs.since, self.tariffs.rates[house.type.tariff], strict=True)
        files.write(
            "tariffs", ((house.id, f"{start}-01", roubles_plain(rate)) for start, rate in since)
        )

    def _write_accounts(
        self, house: House, prices: Prices, lives: Sequence[tuple[Account, Habits]]
    ) -> None:
        inherited: Balance | None = None
        for place, (account, habits) in enumerate(lives):
            self.accounts += 1
            self.files.write("accounts", account.rows(self.time))
            if not house.charged:
                continue
            after = lives[place + 1][0] if place + 1 < len(lives) else None
            closing = live(
                account,
                habits,
                prices,
                self.lines,
                self.time,
                successor=after if after is not None and after.continues else None,
                inherited=inherited if account.continues else None,
            )
            inherited = closing.moved
            self.files.write_entries(self.lines.take())
            self._write_balance(account, closing)

    def _write_balance(self, account: Account, closing: Closing) -> None:
        last_closed = len(self.time) - 2
        sampled = account.ordinal < stories.FIRST_ORDINARY or not account.ordinal % _BALANCE_EVERY
        if not sampled or account.first > last_closed:
            return
        period, balance = self.time.names[last_closed], closing.last_closed
        rows = (("principal", balance.principal), ("penalty", balance.penalty))
        self.files.write(
            "balances",
            ((account.number, period, kind, roubles_plain(sum_)) for kind, sum_ in rows),
        )
        self.balances += len(rows)
