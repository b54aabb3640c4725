"""The principal's whole statement as the movements its debts are made of."""

from collections.abc import Mapping, Sequence

from lkcap.auth.model import ReaderAccount
from lkcap.kit.db import Connection
from lkcap.kit.month import YEARS, Month
from lkcap.ledger.debts import Movement
from lkcap.statement.forms import Wish
from lkcap.statement.model import Kind, Mode, MonthBlock, Service, Statement
from lkcap.statement.queries import get_statement

# Before every account there is: the statement begins with its reader's own first month.
BEGINNING = Month(YEARS.start, 1)

History = Mapping[str, Sequence[Movement]]


async def get_history(conn: Connection, account: ReaderAccount, last: Month) -> History:
    """By service, what the reader may see; what was carried over is an opening of one sum."""
    wish = Wish(BEGINNING, last, Kind.PRINCIPAL, Mode.EXTENDED)
    return movements(await get_statement(conn, account, wish))


def movements(statement: Statement) -> History:
    """Of a detailed statement with its operations, in its own order."""
    found: dict[str, list[Movement]] = {}
    closing: dict[str, int] = {}
    for block in statement.months:
        for service in block.services:
            name = service.row.service or ""
            known = found.setdefault(name, [])
            carried = service.row.opening - closing.get(name, 0)
            closing[name] = service.row.closing
            if carried:
                known.append(_opening(carried, block.month))
            known.extend(_operations(service, block))
    return found


def _opening(carried: int, month: Month) -> Movement:
    return Movement("opening", carried, month.first_day, month, month)


def _operations(service: Service, block: MonthBlock) -> list[Movement]:
    return [
        Movement(
            one.op,
            one.amount,
            one.posted_on,
            block.month,
            Month.of(one.for_period) if one.for_period else block.month,
        )
        for one in service.operations
    ]
