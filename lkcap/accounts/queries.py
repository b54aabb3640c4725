"""The account's facts and other numbers."""

from collections.abc import Sequence
from datetime import date

from lkcap.accounts.model import Facts, OtherNumber
from lkcap.kit.db import Connection
from lkcap.kit.sql import query

GET_FACTS = query("accounts/get_facts")
LIST_NUMBERS = query("accounts/list_numbers")


async def get_facts(conn: Connection, account_id: int, today: date) -> Facts:
    return await conn.get(GET_FACTS, Facts, account_id=account_id, today=today)


async def list_numbers(conn: Connection, account_id: int) -> Sequence[OtherNumber]:
    return await conn.list(LIST_NUMBERS, OtherNumber, account_id=account_id)
