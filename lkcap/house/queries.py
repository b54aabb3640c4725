"""What the house and the fund pages read: totals kept by loads, nothing summed over entries."""

from collections.abc import Sequence
from datetime import date

from lkcap.house.model import FundTotal, House, KindMoney, Money, Work, YearMoney
from lkcap.kit.db import Connection
from lkcap.kit.sql import query

GET_HOUSE = query("house/get_house")
LIST_MONEY = query("house/list_money")
LIST_YEARS = query("house/list_years")
LIST_WORKS = query("house/list_works")
GET_FUND_TOTAL = query("house/get_fund_total")
LIST_FUND_YEARS = query("house/list_fund_years")


async def get_house(conn: Connection, house_id: int, today: date) -> House:
    return await conn.get(GET_HOUSE, House, house_id=house_id, today=today)


async def get_money(conn: Connection, house_id: int, spent: int | None) -> Money:
    principal, penalty = await conn.list(LIST_MONEY, KindMoney, house_id=house_id)
    return Money(principal, penalty, spent)


async def list_years(conn: Connection, house_id: int) -> Sequence[YearMoney]:
    return await conn.list(LIST_YEARS, YearMoney, house_id=house_id)


async def list_works(conn: Connection, house_id: int) -> Sequence[Work]:
    return await conn.list(LIST_WORKS, Work, house_id=house_id)


async def find_fund_total(conn: Connection) -> FundTotal | None:
    return await conn.find(GET_FUND_TOTAL, FundTotal)


async def list_fund_years(conn: Connection) -> Sequence[YearMoney]:
    return await conn.list(LIST_FUND_YEARS, YearMoney)
