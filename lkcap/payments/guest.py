"""Оплата без регистрации (manual §3.2).

Whoever knows a number is told two sums and given the code that pays them: no name, no address, no
area, nothing of the past (not even what is overdue, or an overpayment). How often is limited.
"""

from aiohttp import web

from lkcap.accounts.queries import list_by_number
from lkcap.kit.db import connection
from lkcap.kit.errors import NotFound, SenselessQuery
from lkcap.kit.keys import CONFIG
from lkcap.kit.limits import count
from lkcap.kit.pages import render
from lkcap.kit.security import public
from lkcap.payments import words
from lkcap.payments.forms import GuestForm
from lkcap.payments.model import Bill, make_bill, qr_codes
from lkcap.payments.pictures import asked_part, picture_of
from lkcap.payments.queries import get_terms

UNKNOWN = "Такого лицевого счёта нет. Сверьте номер с квитанцией"
AMBIGUOUS = "Этот номер был у нескольких счетов. Введите номер из последней квитанции"


@public
async def show(request: web.Request) -> web.Response:
    return await render("payments/guest.html", request, {"form": GuestForm()})


@public
async def find(request: web.Request) -> web.Response:
    await _count(request)
    form = await GuestForm.read(request)
    bills = await _bills(request, form.account.data or "") if form.validate() else []
    if len(bills) != 1:
        if not form.errors:
            form.refuse("account", AMBIGUOUS if bills else UNKNOWN)
        return await render("payments/guest.html", request, {"form": form}, status=422)
    return await _answer(request, bills[0])


async def _answer(request: web.Request, bill: Bill) -> web.Response:
    codes = qr_codes(bill)
    context = {
        "headline": words.guest_headline(bill),
        "lead": words.guest_lead(bill),
        "bill": bill,
        "lines": words.lines(bill),
        "codes": codes,
        "no_code": "" if codes else words.no_code(bill),
        "ways": words.ways(request.app[CONFIG]),
    }
    return await render("payments/bill.html", request, context)


@public
async def picture(request: web.Request) -> web.Response:
    part = asked_part(request)
    # NUL is no letter to PostgreSQL
    number = request.query.get("account", "").replace("\0", "")
    if not number.strip():
        raise SenselessQuery("Не назван лицевой счёт: account=….")
    await _count(request)
    bills = await _bills(request, number)
    if len(bills) != 1:
        raise NotFound
    return picture_of(bills[0], part)


async def _count(request: web.Request) -> None:
    await count(request, "guest", request.app[CONFIG].limits.guest)


async def _bills(request: web.Request, number: str) -> list[Bill]:
    """Of each account that the number may mean."""
    config = request.app[CONFIG]
    today = config.clock.today()
    async with connection(request.app) as conn:
        found = await list_by_number(conn, number, today)
        terms = [await get_terms(conn, one.account_id, today) for one in found]
    return [make_bill(one, config) for one in terms]
