"""Accounts and their rows in accounts.csv."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from lkcap.demo.region import digits
from lkcap.demo.region.houses import square_metres
from lkcap.demo.region.names import Owner
from lkcap.demo.region.timeline import Timeline

Share = tuple[int, int]
WHOLE: Share = (1, 1)


@dataclass(frozen=True, slots=True)
class Premises:
    """A flat, a room in one, an office or a parking place; area in tenths of a square metre."""

    label: str
    kind: str
    area: int


@dataclass(frozen=True, slots=True)
class Account:
    """An account and its owners by the date each comes; months are indexes of the timeline.

    `first` and `last` are the first and last months charged, `last` of an account still open is
    None. Before the month `measured` the area was taken for `old_area`. `continues` marks the
    successor of the account before it, whose balance it takes over.
    """

    ordinal: int
    house_id: str
    premises: Premises
    owners: tuple[tuple[str, Owner], ...]
    opened_on: date
    first: int
    last: int | None = None
    share: Share = WHOLE
    measured: int = 0
    old_area: int = 0
    aliases: str = ""
    continues: bool = False

    @property
    def number(self) -> str:
        return digits.account_number(self.ordinal)

    def rows(self, time: Timeline) -> Iterator[tuple[str, ...]]:
        """Rows of accounts.csv: a state for each owner and each measurement."""
        for since, owner in self.owners:
            area = self.old_area if self.measured and not since else self.premises.area
            yield self._row(since, owner, area, time)
        if self.measured:
            since = f"{time.names[self.measured]}-01"
            yield self._row(since, self.owners[-1][1], self.premises.area, time)

    def _row(self, since: str, owner: Owner, area: int, time: Timeline) -> tuple[str, ...]:
        els = digits.els(self.ordinal)
        closed_on = "" if self.last is None else time.ends_iso[self.last]
        return (
            *(self.number, since, els, f"{els}-01", self.house_id),
            *(self.premises.label, self.premises.kind, square_metres(area), share(self.share)),
            "organization" if owner.organization else "person",
            *(owner.last_name, owner.first_name, owner.middle_name),
            *(owner.organization, owner.inn, self.opened_on.isoformat(), closed_on, self.aliases),
        )


def share(fraction: Share) -> str:
    """`1/3`; the whole is `1`."""
    part, whole = fraction
    return "1" if part == whole else f"{part}/{whole}"
