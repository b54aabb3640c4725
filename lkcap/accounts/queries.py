"""The account's facts and other numbers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from lkcap.accounts.model import Facts, OtherNumber
from lkcap.kit.db import Connection
from lkcap.kit.numbers import number_key
from lkcap.kit.sql import query

GET_FACTS = query("accounts/get_facts")
LIST_NUMBERS = query("accounts/list_numbers")
FIND_BY_NUMBER = query("accounts/find_by_number")


@dataclass(frozen=True, slots=True)
class Named:
    """An account that a number means; `number` is the one it has today."""

    account_id: int
    number: str
    owner_key: str


async def get_facts(conn: Connection, account_id: int, today: date) -> Facts:
    return await conn.get(GET_FACTS, Facts, account_id=account_id, today=today)


async def list_numbers(conn: Connection, account_id: int) -> Sequence[OtherNumber]:
    return await conn.list(LIST_NUMBERS, OtherNumber, account_id=account_id)


async def list_by_number(conn: Connection, number: str, today: date) -> Sequence[Named]:
    """The accounts that any number, as people type it, may mean: more than one must be asked about.

    The number an account has today goes before another one's old number.
    """
    key = number_key(number)
    found = await conn.list(FIND_BY_NUMBER, Named, number_key=key, today=today)
    return [one for one in found if number_key(one.number) == key] or found
