"""Who lives in an ordinary house: its premises, their owners and how those changed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from random import Random

from lkcap.demo.region.accounts import WHOLE, Account, Premises, Share
from lkcap.demo.region.houses import House
from lkcap.demo.region.names import organization, person
from lkcap.demo.region.timeline import Timeline
from lkcap.kit.month import Month

# Tenths of a square metre by the number of rooms, and how many such flats there are.
_FLATS = ((310, 400), (430, 560), (580, 750), (760, 1100))
_FLAT_WEIGHTS = (33, 40, 22, 5)
_SPLITS: tuple[tuple[Share, ...], ...] = (
    ((1, 2), (1, 2)),
    ((1, 3), (1, 3), (1, 3)),
    ((2, 3), (1, 3)),
)


@dataclass(frozen=True, slots=True)
class Tenants:
    """Makes the accounts of one house out of its own source of chance."""

    house: House
    time: Timeline
    rng: Random
    taken: frozenset[str] = frozenset()  # premises that a story lives in

    def accounts(self, first_ordinal: int, limit: int) -> list[Account]:
        """At most `limit` accounts, numbered from `first_ordinal` on."""
        made: list[Account] = []
        for premises in self._premises():
            if premises.label in self.taken:
                continue
            for share in self._shares(premises):
                if len(made) >= limit:
                    return made
                made += self._lives(premises, share, first_ordinal + len(made), limit - len(made))
        return made

    def _premises(self) -> Iterator[Premises]:
        house, rng = self.house, self.rng
        flats = house.type.floors * house.entrances * house.type.flats_on_floor
        for flat in range(1, flats + 1):
            chance = rng.random()
            if chance < 0.025:
                yield Premises(f"н{flat}", "nonliving", rng.randint(600, 4000))
            elif chance < 0.03:
                yield Premises(f"м/м {flat}", "parking", rng.randint(125, 180))
            elif chance < 0.04:
                for room in (1, 2):
                    yield Premises(f"{flat} к. {room}", "room", rng.randint(110, 190))
            else:
                label = f"{flat}а" if chance > 0.996 else str(flat)
                area = rng.randint(*rng.choices(_FLATS, _FLAT_WEIGHTS)[0])
                yield Premises(label, "living", area)

    def _shares(self, premises: Premises) -> Sequence[Share]:
        if premises.kind == "living" and self.rng.random() < 0.03:
            return self.rng.choice(_SPLITS)
        return (WHOLE,)

    def _lives(
        self, premises: Premises, share: Share, ordinal: int, limit: int
    ) -> Iterator[Account]:
        """One account, or two in turn where the first was closed and its balance moved."""
        first, opened_on = self._opening()
        owner = organization(ordinal) if premises.kind == "nonliving" else person(self.rng)
        account = Account(
            ordinal=ordinal,
            house_id=self.house.id,
            premises=premises,
            owners=(("", owner),),
            opened_on=opened_on,
            first=first,
            share=share,
            aliases=self._aliases(ordinal),
        )
        chance = self.rng.random()
        if first > len(self.time) - 16 or chance > 0.18:
            yield account
        elif chance < 0.02:
            closed = replace(account, last=self.rng.randint(first + 6, len(self.time) - 3))
            yield closed
            if chance < 0.01 and limit > 1:
                yield self._successor(closed)
        else:
            yield self._changed(account, chance)

    def _successor(self, account: Account) -> Account:
        assert account.last is not None
        return replace(
            account,
            ordinal=account.ordinal + 1,
            owners=(("", person(self.rng)),),
            opened_on=self.time.months[account.last + 1].first_day,
            first=account.last + 1,
            last=None,
            aliases="",
            continues=True,
        )

    def _changed(self, account: Account, chance: float) -> Account:
        """The same account with another owner some day, or measured anew."""
        m = self.rng.randint(account.first + 7, len(self.time) - 3)
        if chance < 0.06:
            area = account.premises.area + self.rng.randint(3, 25)
            return replace(account, measured=m, old_area=area)
        day = self.time.months[m].first_day.replace(day=self.rng.randint(1, 28)).isoformat()
        return replace(account, owners=(*account.owners, (day, person(self.rng))))

    def _opening(self) -> tuple[int, date]:
        """The first month charged here and the day the account was opened.

        A few were opened before that: they came from an older system with a balance.
        """
        first = self.time.index(Month(max(2014, self.house.year_built + 2), 9))
        first = min(first, len(self.time) - 2)
        opened_on = self.time.months[first].first_day
        chance, room = self.rng.random(), len(self.time) - first
        if room < 40 or chance > 0.07:
            return first, opened_on
        moved = first + self.rng.randint(12, room - 20)
        return moved, opened_on if chance < 0.03 else self.time.months[moved].first_day

    def _aliases(self, ordinal: int) -> str:
        """Numbers of older systems; some show the day from which they led here."""
        old, chance = f"55{ordinal:08d}", self.rng.random()
        if chance < 0.5:
            return ""
        since = f"20{self.rng.randint(16, 21)}-01-01"
        return old if chance < 0.8 else f"{old},6800{ordinal:08d}@{since}"
