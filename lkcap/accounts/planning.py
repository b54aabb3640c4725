"""What a plan begins with, by the account's statement."""

from dataclasses import dataclass

from lkcap.accounts.history import get_history
from lkcap.accounts.model import Facts
from lkcap.accounts.plan import Outset
from lkcap.accounts.service import Standing, get_standing
from lkcap.auth.model import ReaderAccount
from lkcap.config import Config
from lkcap.kit.db import Connection
from lkcap.kit.money import half_up
from lkcap.kit.month import Month
from lkcap.ledger.debts import Debts


@dataclass(frozen=True, slots=True)
class Planning:
    standing: Standing
    outset: Outset


async def get_planning(conn: Connection, account: ReaderAccount, config: Config) -> Planning:
    """What is owed now, month by month: its sum is the balance of «Выписка»."""
    standing = await get_standing(conn, account, config)
    open_month, owed, advance = config.clock.open_month(), [], 0
    for movements in (await get_history(conn, account, open_month)).values():
        debts = Debts()
        for one in movements:
            debts.post(one)
        owed += [(piece.month, int(piece.debt)) for piece in debts.unpaid]
        advance += debts.advance
    outset = Outset(
        today=config.clock.today(),
        owed=tuple(sorted(owed)),
        advance=advance,
        penalty=standing.due.penalty.closing,
        charged_until=_charged_until(standing, open_month),
        contribution=_contribution(standing),
        due_days=config.due_day,
    )
    return Planning(standing, outset)


def _charged_until(standing: Standing, open_month: Month) -> Month:
    is_charged = any(block.row.charged for block in standing.months if block.month == open_month)
    return open_month if is_charged else open_month + (-1)


def _contribution(standing: Standing) -> int:
    """By today's rate and area; where they are not known, as much as was charged last."""
    facts = standing.facts
    if facts.closed_on or facts.fund_method == "special_other":
        return 0
    if (exact := _exact(facts)) is not None:
        return exact
    charged = [block.row.charged for block in standing.months if block.row.charged > 0]
    return charged[-1] if charged else 0


def _exact(facts: Facts) -> int | None:
    if facts.rate is None or facts.area is None:
        return None
    return half_up(facts.rate * facts.area * facts.share_numerator / facts.share_denominator)
