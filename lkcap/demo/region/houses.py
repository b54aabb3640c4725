"""Houses: what stands where, how its fund is formed, and whom its owners pay."""

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from lkcap.demo.region import digits, names
from lkcap.demo.region.works import Building, Work, works_of
from lkcap.kit.money import roubles_plain

BIC = "049999999"
BANK = "ДЕМО БАНК г. Ханты-Мансийск"
CORR_ACCOUNT = "30101810300000000999"
FUND = "Фонд капитального ремонта (демо)"
FUND_INN, FUND_KPP = "8600000014", "860001001"

# A meeting may set a contribution above the minimum: a service of its own on the receipt.
SURPLUS_SHARE = 0.02


@dataclass(frozen=True, slots=True)
class Type:
    """A kind of house with the tariff it pays by and the years it was built in."""

    tariff: str
    wall: str
    floors: int
    entrances: tuple[int, int]
    flats_on_floor: int
    built: tuple[int, int]
    weight: float


TYPES = (
    Type("wood", "wood", 2, (1, 2), 6, (1970, 1995), 0.25),
    Type("panel_no_lift", "panel", 5, (3, 6), 4, (1975, 1995), 0.24),
    Type("panel_lift", "panel", 9, (2, 5), 4, (1982, 2005), 0.16),
    Type("other_no_lift", "brick", 5, (2, 6), 4, (1985, 2005), 0.15),
    Type("other_lift", "brick", 9, (2, 4), 4, (1992, 2020), 0.13),
    Type("other_lift", "brick", 16, (1, 2), 5, (2005, 2020), 0.07),
)
_WEIGHTS = [kind.weight for kind in TYPES]


@dataclass(frozen=True, slots=True)
class House:
    """A house of the region; areas in tenths of a square metre."""

    number: int
    address: str
    type: Type
    year_built: int
    entrances: int
    premises_area: int
    fund_method: str
    surplus: int  # the meeting's rate above the minimum, kopecks a square metre; mostly 0
    works: tuple[Work, ...]
    known_year: bool
    known_area: bool

    @property
    def id(self) -> str:
        return f"H-{self.number}"

    @property
    def charged(self) -> bool:
        """Whether the operator charges the owners: not where others keep the fund."""
        return self.fund_method != "special_other"

    def row(self, rate: int) -> tuple[str, ...]:
        """A row of houses.csv; `rate` is the tariff of today, kopecks a square metre."""
        area = self.premises_area
        return (
            self.id,
            self.address,
            f"00000000-0000-4000-8000-{self.number:012d}",
            str(self.year_built) if self.known_year else "",
            str(self.type.floors),
            str(self.entrances),
            square_metres(area * 11 // 10) if self.known_area else "",
            square_metres(area) if self.known_area else "",
            self.fund_method,
            roubles_plain(rate),
            roubles_plain(sum(work.actual_cost for work in self.works)),
            f"{max(2014, self.year_built + 2)}-09-01",
        )


def square_metres(tenths: int) -> str:
    return f"{tenths // 10},{tenths % 10}"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a house of a story needs to be; the rest is left to chance."""

    type: Type
    fund_method: str = "operator"
    surplus: int = 0
    works: int = 8


def make_house(number: int, rng: Random, year: int, wanted: Wanted | None = None) -> House:
    """The house of that number, with its works as of the year."""
    address = names.address(number, rng)
    wanted = wanted or _by_chance(rng)
    kind = wanted.type
    # The duty to pay begins two years after, and no house here is only about to begin.
    built = min(rng.randint(*kind.built), year - 3)
    entrances = rng.randint(*kind.entrances)
    area = kind.floors * entrances * kind.flats_on_floor * rng.randint(495, 525)
    building = Building(kind.wall, kind.floors, area // 10, built)
    return House(
        number=number,
        address=address,
        type=kind,
        year_built=built,
        entrances=entrances,
        premises_area=area,
        fund_method=wanted.fund_method,
        surplus=wanted.surplus,
        works=works_of(building, year, wanted.works, rng),
        known_year=number == 1 or rng.random() > 0.03,
        known_area=number == 1 or rng.random() > 0.03,
    )


def _by_chance(rng: Random) -> Wanted:
    return Wanted(
        type=rng.choices(TYPES, _WEIGHTS)[0],
        fund_method=rng.choices(("operator", "special_operator", "special_other"), (89, 6, 5))[0],
        surplus=rng.choice((60, 100, 150, 240)) if rng.random() < SURPLUS_SHARE else 0,
        works=rng.randint(6, 10),
    )


def requisites(house: House, rng: Random) -> Iterator[tuple[str, ...]]:
    """Rows of requisites.csv: a special account of the operator has numbers of its own."""
    if house.fund_method != "special_operator":
        return
    own = digits.bank_account(2 * house.number, BIC)
    penalty = digits.bank_account(2 * house.number + 1, BIC) if rng.random() < 0.3 else ""
    cards = f"DEMO-{house.number:05d}" if rng.random() < 0.5 else ""
    since = f"{rng.randint(2015, 2022)}-{rng.randint(1, 12):02d}-01"
    name = f"{FUND}, спец. счёт дома {house.number}"
    yield (
        *(house.id, since, name, FUND_INN, FUND_KPP),
        *(own, penalty, BANK, BIC, CORR_ACCOUNT, cards),
    )
