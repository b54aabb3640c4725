"""Оплатить (manual §3.5.1): what is due now, and the ways to pay it."""

from dataclasses import replace

from aiohttp import web

from lkcap.accounts.service import get_standing
from lkcap.accounts.words import headline, lead
from lkcap.auth.model import reader_of
from lkcap.kit.db import connection
from lkcap.kit.keys import CONFIG
from lkcap.kit.pages import render
from lkcap.payments import words
from lkcap.payments.model import make_bill, qr_codes
from lkcap.payments.pictures import asked_part, picture_of
from lkcap.payments.queries import get_terms


async def show(request: web.Request) -> web.Response:
    account, config = reader_of(request).current, request.app[CONFIG]
    async with connection(request.app) as conn:
        standing = await get_standing(conn, account, config)
        terms = await get_terms(conn, account.account_id, config.clock.today())
    due, facts = standing.due, standing.facts
    # one reading of the ledger for all the page: a load may have come between the two
    terms = replace(terms, principal=due.principal.closing, penalty=due.penalty.closing)
    bill = make_bill(terms, config)
    codes = qr_codes(bill)
    context = {
        "headline": headline(due, facts),
        "lead": lead(due, facts),
        "bill": bill,
        "lines": words.lines(bill, terms.principal, terms.penalty),
        "codes": codes,
        "no_code": "" if codes else words.no_code(bill),
        "requisites": words.requisites(bill),
        "ways": words.ways(config),
    }
    return await render("payments/show.html", request, context)


async def picture(request: web.Request) -> web.Response:
    """The code of the account now chosen; its number stays out of the address and of the limit."""
    account, config = reader_of(request).current, request.app[CONFIG]
    part = asked_part(request)
    async with connection(request.app) as conn:
        terms = await get_terms(conn, account.account_id, config.clock.today())
    return picture_of(make_bill(terms, config), part)
