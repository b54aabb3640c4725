"""Информация, and the switch between accounts of one login."""

from typing import NoReturn

from aiohttp import web

from lkcap.accounts import queries, words
from lkcap.accounts.model import windows
from lkcap.accounts.service import get_standing
from lkcap.accounts.years import columns
from lkcap.auth.model import reader_of
from lkcap.auth.queries import switch_account
from lkcap.house.model import YearMoney
from lkcap.house.picture import bars
from lkcap.kit.db import connection, transaction
from lkcap.kit.errors import NotFound
from lkcap.kit.keys import CONFIG
from lkcap.kit.pages import render
from lkcap.mail.queries import is_refused


async def show(request: web.Request) -> web.Response:
    account, config = reader_of(request).current, request.app[CONFIG]
    month = config.clock.open_month()
    async with connection(request.app) as conn:
        numbers = await queries.list_numbers(conn, account.account_id)
        standing = await get_standing(conn, account, config)
        years = await queries.list_years(conn, account, month)
        is_email_refused = await is_refused(conn, account.subscriber_id)
    due, facts, months = standing.due, standing.facts, standing.months
    context = {
        "account": account,
        "facts": facts,
        "numbers": numbers,
        "month": month,
        "due": due,
        "headline": words.headline(due, facts),
        "lead": words.lead(due, facts),
        "lines": words.sum_lines(due, facts, month) if months else [],
        "windows": windows(months),
        "since": standing.since,
        "years": years,
        "bars": bars([YearMoney(one.year, one.charged, one.paid) for one in years]),
        "columns": columns(years),
        "is_email_refused": is_email_refused,
    }
    return await render("accounts/show.html", request, context)


async def switch(request: web.Request) -> NoReturn:
    """Another account of the same subscriber; anybody else's does not exist."""
    reader, form = reader_of(request), await request.post()
    wanted = next((one for one in reader.accounts if one.number == form.get("account")), None)
    if wanted is None:
        raise NotFound
    async with transaction(request.app) as conn:
        await switch_account(conn, reader.token_hash, wanted.account_id)
    # a turn of payments goes on to the payment of the account it has come to
    raise web.HTTPSeeOther("/payment" if form.get("then") == "payment" else "/account")
