"""The works of a house by the list of ЖК 166, with the costs and years of a regional programme."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from random import Random
from types import MappingProxyType

from lkcap.kit.money import roubles_plain


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of work: roubles a square metre of the house by its floors, and the service life.

    `weight` is how often programmes name it.
    """

    name: str
    costs: Mapping[int, int]
    life: int
    weight: int
    only: str = ""  # of a wall; "lift": of houses with one


def _by_floors(two: int, five: int, nine: int, sixteen: int) -> Mapping[int, int]:
    return MappingProxyType({2: two, 5: five, 9: nine, 16: sixteen})


_SYSTEMS = "Ремонт внутридомовых инженерных систем"
KINDS = (
    Kind("Ремонт крыши", _by_floors(3896, 1697, 1080, 445), 25, 179),
    Kind(f"{_SYSTEMS} теплоснабжения", _by_floors(1624, 1583, 1165, 595), 27, 277),
    Kind(f"{_SYSTEMS} горячего водоснабжения", _by_floors(236, 214, 199, 181), 25, 190),
    Kind(f"{_SYSTEMS} электроснабжения", _by_floors(877, 882, 803, 604), 27, 137),
    Kind(f"{_SYSTEMS} холодного водоснабжения", _by_floors(209, 197, 187, 170), 25, 160),
    Kind(f"{_SYSTEMS} водоотведения", _by_floors(412, 383, 341, 268), 28, 203),
    Kind("Ремонт фасада", _by_floors(3337, 1805, 1721, 1228), 28, 130),
    Kind("Утепление и ремонт фасада", _by_floors(5120, 3260, 2980, 2240), 28, 82, "panel"),
    Kind("Ремонт фундамента", _by_floors(1240, 610, 420, 260), 55, 40),
    Kind("Ремонт подвальных помещений", _by_floors(540, 330, 240, 160), 40, 60, "brick"),
    Kind("Замена лифтового оборудования", _by_floors(0, 0, 1390, 1120), 25, 150, "lift"),
    Kind("Установка общедомовых приборов учёта", _by_floors(190, 120, 84, 62), 15, 70),
)

# Programmes are planned in windows of three years, from 2014 to 2043.
_FIRST_YEAR, _LAST_YEAR, _WINDOW = 2014, 2043, 3
_MONTHS_OF_WORK = range(6, 12)


@dataclass(frozen=True, slots=True)
class Work:
    """A row of works.csv without its house; costs in kopecks."""

    kind: str
    last_year: int | None
    planned_year: int
    planned_cost: int
    status: str
    contractor: str = ""
    finished_on: str = ""
    actual_cost: int = 0

    def row(self, house_id: str, position: int) -> tuple[str, ...]:
        return (
            house_id,
            str(position),
            self.kind,
            "" if self.last_year is None else str(self.last_year),
            str(self.planned_year),
            roubles_plain(self.planned_cost),
            self.status,
            self.contractor,
            self.finished_on,
            roubles_plain(self.actual_cost) if self.status == "done" else "",
        )


# Kopecks a square metre a year that a house may count on; few houses are repaired on credit.
_COLLECTED_A_YEAR = 14_000
_ON_COMMON_MONEY = 2
_FEW = 0.1


@dataclass(frozen=True, slots=True)
class Building:
    """What the works of a house depend on; the area in whole square metres."""

    wall: str
    floors: int
    area: int
    built: int


def works_of(building: Building, year: int, count: int, rng: Random) -> tuple[Work, ...]:
    """So many works of a house as of the year, drawn by weight, in the order of their years."""
    fitting = [kind for kind in KINDS if _fits(kind, building)]
    ranked = sorted(fitting, key=lambda kind: -(rng.random() ** (1 / kind.weight)))
    works = [_work(kind, building, year, rng) for kind in ranked[:count]]
    works.sort(key=lambda work: work.planned_year)
    affordable = _affordable(works, building, year, rng)
    return tuple(sorted(affordable, key=lambda work: work.planned_year))


def _affordable(
    works: Sequence[Work], building: Building, year: int, rng: Random
) -> Iterator[Work]:
    """A house repairs on what it has collected, few on the others' money; the rest is moved."""
    limit = _ON_COMMON_MONEY if rng.random() < _FEW else 1
    spent = 0
    for work in works:
        collected = building.area * _COLLECTED_A_YEAR * (work.planned_year - _FIRST_YEAR + 1)
        if work.status == "done" and spent + work.actual_cost > limit * collected:
            later = year + rng.randint(1, 2 * _WINDOW)
            yield Work(work.kind, building.built, later, work.planned_cost, "moved")
        else:
            spent += work.actual_cost
            yield work


def _fits(kind: Kind, building: Building) -> bool:
    if kind.only == "lift":
        return building.floors >= 9
    return kind.only in ("", building.wall)


def _work(kind: Kind, building: Building, year: int, rng: Random) -> Work:
    planned = _planned_year(building.built + kind.life + rng.randint(-3, 6), rng)
    # Roubles a square metre times per cents of them are kopecks.
    cost = kind.costs[building.floors] * building.area * rng.randint(88, 112)
    last = building.built if rng.random() < 0.8 else None
    contractor = f"ООО «Подрядчик-{rng.randint(1, 40):02d}»"
    if planned > year:
        moved = planned - year <= _WINDOW and rng.random() < 0.3
        return Work(kind.name, last, planned, cost, "moved" if moved else "planned")
    if planned == year:
        return Work(kind.name, last, planned, cost, "in_progress", contractor)
    finished = f"{planned}-{rng.choice(_MONTHS_OF_WORK):02d}-{rng.randint(1, 28):02d}"
    actual = cost * rng.randint(900, 1030) // 1000
    return Work(kind.name, planned, planned, cost, "done", contractor, finished, actual)


def _planned_year(wanted: int, rng: Random) -> int:
    """The wanted year where the programme still has room: overdue ones wait in its queue."""
    if wanted < _FIRST_YEAR:
        return rng.randint(_FIRST_YEAR + 1, _LAST_YEAR - 4 * _WINDOW)
    return min(wanted, _LAST_YEAR)
