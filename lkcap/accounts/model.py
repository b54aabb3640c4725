"""Информация (manual §3.4.1): the account's facts, and what is due in plain words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from lkcap.accounts.holding import Ownership
from lkcap.kit.month import Month
from lkcap.ledger.due import DueDays, due_date
from lkcap.ledger.penalty import RULES
from lkcap.statement.model import MonthBlock, Row


@dataclass(frozen=True, slots=True)
class Facts(Ownership):
    """The account today; None is «нет данных». Rates are kopecks a m² a month."""

    opened_on: date | None
    service_code: str | None
    inn: str | None
    fund_method: str | None
    rate: int | None
    rate_since: date | None
    rate_before: int | None


@dataclass(frozen=True, slots=True)
class OtherNumber:
    number: str
    valid_from: date | None


@dataclass(frozen=True, slots=True)
class Window:
    """A month of the last twelve: lit when everything charged until its end is paid."""

    month: Month
    paid: bool
    charged: bool


@dataclass(frozen=True, slots=True)
class Due:
    """К оплате on a day, by the month's last rows of both kinds; kopecks.

    `overdue` is the part whose due day has passed, penalty apart; payments are taken to cover the
    oldest months first. `until` is the next due day of what is not yet overdue, `overdue_since`
    is None where the debt is older than the months looked at.
    """

    today: date
    principal: Row
    penalty: Row
    overdue: int
    overdue_since: date | None
    until: date | None
    next_until: date
    penalty_from: date | None

    @property
    def total(self) -> int:
        """An advance of one kind does not cover the other (contract §4)."""
        return max(0, self.principal.closing) + max(0, self.penalty.closing)

    @property
    def advance(self) -> int:
        return max(0, -self.principal.closing) + max(0, -self.penalty.closing)

    @property
    def state(self) -> str:
        if self.total == 0:
            return "advance" if self.advance else "nothing"
        return "overdue" if self.overdue else "in_time"


def windows(months: Sequence[MonthBlock]) -> list[Window]:
    """Which months are paid, the debt standing in the newest ones."""
    unpaid = months[-1].row.closing if months else 0
    found = []
    for block in reversed(months):
        found.append(Window(block.month, unpaid <= 0, block.row.actual > 0))
        unpaid -= block.row.actual
    return found[::-1]


def due_now(
    today: date, due_days: DueDays, months: Sequence[MonthBlock], principal: Row, penalty: Row
) -> Due:
    """`months` are the principal's last months, the open one last."""
    until_by_month = {block.month: due_date(block.month, due_days) for block in months}
    not_yet = [block for block in months if until_by_month[block.month] >= today]
    ahead_of_day = sum(max(0, block.row.actual) for block in not_yet)
    overdue = max(0, principal.closing - ahead_of_day)
    charged = [until_by_month[block.month] for block in months if block.row.actual > 0]
    passed = [day for day in charged if day < today]
    ahead = [until_by_month[block.month] for block in not_yet if block.row.actual > 0]
    unpaid = [one.month for one in windows(months) if not one.paid and one.charged]
    late = [until_by_month[month] for month in unpaid if until_by_month[month] < today]
    first_penalty = RULES.first_day(min(late)) if late else None
    open_month = Month.of(today)
    is_charged = bool(months and months[-1].row.charged)
    return Due(
        today=today,
        principal=principal,
        penalty=penalty,
        overdue=overdue,
        overdue_since=max(passed) if overdue and passed else None,
        until=min(ahead) if ahead and principal.closing > 0 else None,
        next_until=due_date(open_month + is_charged, due_days),
        penalty_from=first_penalty if first_penalty and first_penalty > today else None,
    )
