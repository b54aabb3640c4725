"""Оплата без регистрации (manual §3.2).

Whoever knows a number is told two sums and given the code that pays them: no name, no address, no
area, nothing of the past (not even what is overdue, or an overpayment). How often is limited.
"""

from aiohttp import web

from lkcap.accounts.queries import list_by_number
from lkcap.kit.asking import asked
from lkcap.kit.db import connection
from lkcap.kit.errors import NotFound, SenselessQuery
from lkcap.kit.keys import CONFIG
from lkcap.kit.limits import count_guess
from lkcap.kit.pages import render
from lkcap.kit.security import public
from lkcap.payments import words
from lkcap.payments.card import offer
from lkcap.payments.forms import CardForm, GuestForm
from lkcap.payments.model import Bill, make_bill, qr_codes
from lkcap.payments.order import Split
from lkcap.payments.pictures import asked_part, picture_of
from lkcap.payments.queries import get_terms
from lkcap.payments.service import begin

UNKNOWN = "Такого лицевого счёта нет. Сверьте номер с квитанцией"
AMBIGUOUS = "Этот номер был у нескольких счетов. Введите номер из последней квитанции"


@public
async def show(request: web.Request) -> web.Response:
    return await render("payments/guest.html", request, {"form": GuestForm()})


@public
async def find(request: web.Request) -> web.Response:
    """The number is asked first; the answer holds the form of the payment, sent here again."""
    await _count(request)
    form = await GuestForm.read(request)
    found = await _accounts(request, form.account.data or "") if form.validate() else []
    if len(found) != 1:
        if not form.errors:
            form.refuse("account", AMBIGUOUS if found else UNKNOWN)
        return await render("payments/guest.html", request, {"form": form}, status=422)
    ((account_id, bill),) = found
    if "principal" in await request.post():
        return await _pay(request, account_id, bill)
    return await _answer(request, bill)


async def _pay(request: web.Request, account_id: int, bill: Bill) -> web.Response:
    """Make an order and go to the bank; «Пересчитать» only shows the new total."""
    if bill.card is None:
        raise NotFound
    form = await CardForm.read(request)
    sums = form.sums(bill)
    if sums is None:
        return await _answer(request, bill, form, status=422)
    if (await request.post()).get("recount"):
        return await _answer(request, bill, form, sums)
    url = await begin(request.app, bill, account_id, None, sums, form_name=form.name)
    raise web.HTTPSeeOther(url)


async def _answer(
    request: web.Request,
    bill: Bill,
    form: CardForm | None = None,
    sums: Split | None = None,
    status: int = 200,
) -> web.Response:
    config, codes = request.app[CONFIG], qr_codes(bill)
    sums = sums or Split(bill.principal, bill.penalty)
    context = {
        "headline": words.guest_headline(bill),
        "lead": words.guest_lead(bill),
        "bill": bill,
        "card": offer(bill, config, form or CardForm.of(bill), sums),
        "lines": words.lines(bill),
        "codes": codes,
        "no_code": "" if codes else words.no_code(bill),
        "ways": words.ways(config),
    }
    return await render("payments/bill.html", request, context, status=status)


@public
async def picture(request: web.Request) -> web.Response:
    part = asked_part(request)
    number = asked(request, "account")
    if not number:
        raise SenselessQuery("Не назван лицевой счёт: account=….")
    await _count(request)
    found = await _accounts(request, number)
    if len(found) != 1:
        raise NotFound
    ((_, bill),) = found
    return picture_of(bill, part)


async def _count(request: web.Request) -> None:
    await count_guess(request, "guest", request.app[CONFIG].limits.guest)


async def _accounts(request: web.Request, number: str) -> list[tuple[int, Bill]]:
    """Each account that the number may mean, and what it owes."""
    config = request.app[CONFIG]
    today = config.clock.today()
    async with connection(request.app) as conn:
        found = await list_by_number(conn, number, today)
        return [
            (one.account_id, make_bill(await get_terms(conn, one.account_id, today), config))
            for one in found
        ]
