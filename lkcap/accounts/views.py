"""Информация, and the switch between accounts of one login."""

from typing import NoReturn

from aiohttp import web

from lkcap.accounts import queries, words
from lkcap.accounts.model import due_now, windows
from lkcap.auth.model import reader_of
from lkcap.auth.queries import switch_account
from lkcap.kit.db import connection, transaction
from lkcap.kit.errors import NotFound
from lkcap.kit.keys import CLOCK, CONFIG
from lkcap.kit.pages import render
from lkcap.statement.forms import DEFAULT_MONTHS, Wish
from lkcap.statement.model import Kind
from lkcap.statement.queries import get_statement


async def show(request: web.Request) -> web.Response:
    account, clock = reader_of(request).current, request.app[CLOCK]
    month = clock.open_month()
    async with connection(request.app) as conn:
        facts = await queries.get_facts(conn, account.account_id, clock.today())
        numbers = await queries.list_numbers(conn, account.account_id)
        year = Wish(month + (1 - DEFAULT_MONTHS), month)
        principal = await get_statement(conn, account, year)
        penalty = await get_statement(conn, account, Wish(month, month, Kind.PENALTY))
    # an account nothing was ever booked on has no months to tell of
    months = principal.months if principal.since else ()
    now = months[-1].row if months else principal.total
    due = due_now(clock.today(), request.app[CONFIG].due_day, months, now, penalty.total)
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
        "since": principal.since,
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
    raise web.HTTPSeeOther("/account")
