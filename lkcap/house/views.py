"""Дом with its works, and the fund."""

from aiohttp import web

from lkcap.auth.model import reader_of
from lkcap.house import picture, queries
from lkcap.house.model import hundred, next_work
from lkcap.kit.db import connection
from lkcap.kit.keys import CLOCK
from lkcap.kit.pages import render
from lkcap.kit.security import public
from lkcap.news.queries import find_text


async def show(request: web.Request) -> web.Response:
    house_id, today = reader_of(request).current.house_id, request.app[CLOCK].today()
    async with connection(request.app) as conn:
        house = await queries.get_house(conn, house_id, today)
        money = await queries.get_money(conn, house_id, house.spent)
        years = await queries.list_years(conn, house_id)
        works = await queries.list_works(conn, house_id)
    share = hundred(money)
    context = {
        "house": house,
        "money": money,
        "share": share,
        "facade": picture.facade(share) if share else [],
        "years": years,
        "bars": picture.bars(years),
        "works": works,
        "next_work": next_work(works, today),
    }
    return await render("house/show.html", request, context)


@public
async def fund(request: web.Request) -> web.Response:
    async with connection(request.app) as conn:
        total = await queries.find_fund_total(conn)
        years = await queries.list_fund_years(conn)
        text = await find_text(conn, "fund")
    context = {"total": total, "years": years, "bars": picture.bars(years), "text": text}
    return await render("house/fund.html", request, context)
