"""Дом, Список работ, О фонде (manual §3.6.1)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

METHODS = {
    "operator": "на счёте регионального оператора",
    "special_operator": "на специальном счёте, владелец – региональный оператор",
    "special_other": "на специальном счёте, владелец – товарищество или управляющая организация",
}
STATUSES = {
    "planned": "в программе",
    "in_progress": "идёт",
    "done": "принято",
    "moved": "перенесено",
}


@dataclass(frozen=True, slots=True)
class House:
    """None is «нет данных». The rate is kopecks a m² a month, areas are m²."""

    address: str
    year_built: int | None
    floors: int | None
    entrances: int | None
    total_area: Decimal | None
    premises_area: Decimal | None
    fund_method: str | None
    rate: int | None
    spent: int | None
    in_programme_since: date | None
    as_of: date | None

    @property
    def method(self) -> str | None:
        return METHODS[self.fund_method] if self.fund_method else None


@dataclass(frozen=True, slots=True)
class KindMoney:
    """One kind of debt of a house, kopecks; `debt` is the sum of max(0, balance) by account."""

    kind: str
    charged: int
    paid: int
    debt: int


@dataclass(frozen=True, slots=True)
class Money:
    """Осн. долг and Пеня of a house, and both together."""

    principal: KindMoney
    penalty: KindMoney
    spent: int | None

    @property
    def total(self) -> KindMoney:
        one, two = self.principal, self.penalty
        return KindMoney(
            "total", one.charged + two.charged, one.paid + two.paid, one.debt + two.debt
        )

    @property
    def fund(self) -> int | None:
        """Размер фонда: collected less spent; unknown when that is."""
        return None if self.spent is None else self.total.paid - self.spent


@dataclass(frozen=True, slots=True)
class YearMoney:
    year: int
    charged: int
    paid: int


@dataclass(frozen=True, slots=True)
class Work:
    position: int
    kind: str
    last_year: int | None
    planned_year: int | None
    planned_cost: int | None
    status: str
    contractor: str | None
    finished_on: date | None
    actual_cost: int | None

    @property
    def status_title(self) -> str:
        return STATUSES[self.status]


@dataclass(frozen=True, slots=True)
class FundTotal:
    as_of: date
    houses: int
    accounts: int
    spent: int
    principal_debt: int
    penalty_debt: int
    paid: int


@dataclass(frozen=True, slots=True)
class Hundred:
    """Each hundred roubles charged: spent on works, lying in the fund, not paid yet."""

    spent: int
    kept: int
    unpaid: int

    @property
    def collected(self) -> int:
        return self.spent + self.kept


def hundred(money: Money) -> Hundred | None:
    """None while nothing is charged; unknown spending leaves all that is collected in one."""
    charged = money.total.charged
    if charged <= 0:
        return None
    collected = max(0, min(100, money.total.paid * 100 // charged))
    spent = min(collected, (200 * (money.spent or 0) + charged) // (2 * charged))
    return Hundred(spent, collected - spent, 100 - collected)


def next_work(works: Sequence[Work], today: date) -> Work | None:
    """The nearest work that is not done; one overdue by plan is still the nearest."""
    ahead = [one for one in works if one.status != "done" and one.planned_year]
    return min(ahead, key=lambda one: (one.planned_year or today.year, one.position), default=None)
