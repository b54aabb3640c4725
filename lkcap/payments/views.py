"""Оплатить (manual §3.5.1): what is due now, and the ways to pay it."""

from dataclasses import dataclass, replace

from aiohttp import web

from lkcap.accounts.service import Standing, get_standing
from lkcap.accounts.words import headline, lead
from lkcap.auth.model import reader_of
from lkcap.auth.payers import for_payers
from lkcap.kit.db import connection
from lkcap.kit.errors import NotFound
from lkcap.kit.keys import CONFIG
from lkcap.kit.pages import render
from lkcap.payments import words
from lkcap.payments.card import offer, part_line, part_note
from lkcap.payments.forms import CardForm
from lkcap.payments.model import Bill, make_bill, qr_codes
from lkcap.payments.order import Split
from lkcap.payments.pictures import asked_part, picture_of
from lkcap.payments.queries import Terms, get_terms
from lkcap.payments.service import begin, planned


@for_payers
async def show(request: web.Request) -> web.Response:
    return await _page(request, await _asked(request))


@for_payers
async def pay(request: web.Request) -> web.Response:
    """Make an order and go to the bank; «Пересчитать» only shows the new total."""
    asked = await _asked(request)
    if asked.bill.card is None:
        raise NotFound
    form = await CardForm.read(request)
    sums = form.sums(asked.bill)
    if sums is None:
        return await _page(request, asked, form, status=422)
    if (await request.post()).get("recount"):
        return await _page(request, asked, form, sums)
    reader = reader_of(request)
    url = await begin(
        request.app,
        asked.bill,
        reader.current.account_id,
        reader.subscriber_id,
        sums,
        planned(asked.standing, sums),
        form.name,
    )
    raise web.HTTPSeeOther(url)


@dataclass(frozen=True, slots=True)
class _Asked:
    """What the reader's account owes now, by one reading of the ledger."""

    standing: Standing
    terms: Terms
    bill: Bill


async def _asked(request: web.Request) -> _Asked:
    account, config = reader_of(request).current, request.app[CONFIG]
    async with connection(request.app) as conn:
        standing = await get_standing(conn, account, config)
        terms = await get_terms(conn, account.account_id, config.clock.today())
    # a load may have come between the two
    due = standing.due
    terms = replace(terms, principal=due.principal.closing, penalty=due.penalty.closing)
    return _Asked(standing, terms, make_bill(terms, config))


async def _page(
    request: web.Request,
    asked: _Asked,
    form: CardForm | None = None,
    sums: Split | None = None,
    status: int = 200,
) -> web.Response:
    config, bill = request.app[CONFIG], asked.bill
    due, facts = asked.standing.due, asked.standing.facts
    codes = qr_codes(bill)
    form = form or CardForm.of(bill)
    if form.is_returned:
        # the total is of the sums typed before the login
        sums = form.sums(bill)
    sums = sums or Split(bill.principal, bill.penalty)
    parts = planned(asked.standing, sums)
    context = {
        "headline": headline(due, facts),
        "lead": lead(due, facts),
        "bill": bill,
        "card": offer(bill, config, form, sums, parts),
        "part_line": part_line,
        "part_note": part_note,
        "lines": words.lines(bill, asked.terms.principal, asked.terms.penalty),
        "codes": codes,
        "no_code": "" if codes else words.no_code(bill),
        "requisites": words.requisites(bill),
        "ways": words.ways(config),
    }
    return await render("payments/show.html", request, context, status=status)


@for_payers
async def picture(request: web.Request) -> web.Response:
    """The code of the account now chosen; its number stays out of the address and of the limit."""
    account, config = reader_of(request).current, request.app[CONFIG]
    part = asked_part(request)
    async with connection(request.app) as conn:
        terms = await get_terms(conn, account.account_id, config.clock.today())
    return picture_of(make_bill(terms, config), part)
