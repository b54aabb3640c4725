"""The account's facts and other numbers, its years, and what its months are counted from."""

from collections.abc import Sequence
from datetime import date

from lkcap.accounts.contribution import MonthTerms
from lkcap.accounts.model import Facts, OtherNumber
from lkcap.accounts.named import FIND_BY_NUMBER, Named, meant
from lkcap.accounts.turns import Waiting
from lkcap.accounts.years import Year
from lkcap.auth.model import ReaderAccount
from lkcap.kit.db import Connection
from lkcap.kit.month import Month
from lkcap.kit.numbers import number_key
from lkcap.kit.sql import query

GET_FACTS = query("accounts/get_facts")
LIST_NUMBERS = query("accounts/list_numbers")
GET_MONTH_TERMS = query("accounts/get_month_terms")
LIST_YEARS = query("accounts/list_years")
LIST_WAITING = query("accounts/list_waiting")


async def get_facts(conn: Connection, account_id: int, today: date) -> Facts:
    return await conn.get(GET_FACTS, Facts, account_id=account_id, today=today)


async def list_numbers(conn: Connection, account_id: int) -> Sequence[OtherNumber]:
    return await conn.list(LIST_NUMBERS, OtherNumber, account_id=account_id)


async def list_by_number(conn: Connection, number: str, today: date) -> Sequence[Named]:
    """The accounts that any number may mean: more than one must be asked about."""
    key = number_key(number)
    return meant(await conn.list(FIND_BY_NUMBER, Named, number_key=key, today=today), key)


async def get_month_terms(conn: Connection, account_id: int, month: Month) -> MonthTerms:
    return await conn.get(
        GET_MONTH_TERMS,
        MonthTerms,
        account_id=account_id,
        first_day=month.first_day,
        last_day=month.last_day,
    )


async def list_years(conn: Connection, account: ReaderAccount, open_month: Month) -> Sequence[Year]:
    """Of what the reader may see, the oldest first; none while nothing was booked."""
    since = account.visible_from
    return await conn.list(
        LIST_YEARS,
        Year,
        account_id=account.account_id,
        last=open_month.first_day,
        hidden_before=since.first_day if since else None,
    )


async def list_waiting(conn: Connection, accounts: Sequence[ReaderAccount]) -> Sequence[Waiting]:
    ids = [one.account_id for one in accounts]
    return await conn.list(LIST_WAITING, Waiting, account_ids=ids)
