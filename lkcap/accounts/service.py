"""Where an account stands today, by its statement; whatever page tells it."""

from collections.abc import Sequence
from dataclasses import dataclass

from lkcap.accounts.model import Due, Facts, due_now
from lkcap.accounts.queries import get_facts
from lkcap.auth.model import ReaderAccount
from lkcap.config import Config
from lkcap.kit.db import Connection
from lkcap.kit.month import Month
from lkcap.statement.forms import DEFAULT_MONTHS, Wish
from lkcap.statement.model import Kind, MonthBlock
from lkcap.statement.queries import get_statement


@dataclass(frozen=True, slots=True)
class Standing:
    """`months` are the principal's last twelve, none while nothing was booked on the account;
    `since` is the first month its reader may see.
    """

    facts: Facts
    due: Due
    months: Sequence[MonthBlock]
    since: Month | None


async def get_standing(conn: Connection, account: ReaderAccount, config: Config) -> Standing:
    """What is due now and of which months; sums are those of «Выписка»."""
    clock, month = config.clock, config.clock.open_month()
    facts = await get_facts(conn, account.account_id, clock.today())
    year = Wish(month + (1 - DEFAULT_MONTHS), month)
    principal = await get_statement(conn, account, year)
    penalty = await get_statement(conn, account, Wish(month, month, Kind.PENALTY))
    # an account nothing was ever booked on has no months to tell of
    months = principal.months if principal.since else ()
    now = months[-1].row if months else principal.total
    due = due_now(clock.today(), config.due_day, months, now, penalty.total)
    return Standing(facts, due, months, principal.since)
