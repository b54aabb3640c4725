"""The ledger's reading side."""

from datetime import date

from lkcap.auth.model import ReaderAccount
from lkcap.kit.db import Connection
from lkcap.kit.month import Month
from lkcap.kit.sql import query
from lkcap.statement.forms import Wish
from lkcap.statement.model import Mode, Operation, Row, Statement, build

LIST_ROWS = query("statement/list_rows")
LIST_OPERATIONS = query("statement/list_operations")

# Twelve years of a busy account are a few hundred.
OPERATIONS_MAX = 50_000


def _day(month: Month | None) -> date | None:
    return month.first_day if month else None


async def get_statement(conn: Connection, account: ReaderAccount, wish: Wish) -> Statement:
    """What the account's reader may see of the months he wished."""
    rows = await conn.list(
        LIST_ROWS,
        Row,
        account_id=account.account_id,
        kind=wish.kind,
        first=wish.first.first_day,
        last=wish.last.first_day,
        hidden_before=_day(account.visible_from),
    )
    operations = []
    if wish.mode is Mode.EXTENDED and rows[0].period:
        operations = await conn.list(
            LIST_OPERATIONS,
            Operation,
            account_id=account.account_id,
            kind=wish.kind,
            first=rows[0].period,
            last=wish.last.first_day,
            owner_since=account.owner_since,
            most=OPERATIONS_MAX,
        )
        assert len(operations) < OPERATIONS_MAX, account.account_id
    return build(wish.kind, wish.mode, wish.first, wish.last, rows, operations)
