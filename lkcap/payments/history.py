"""История платежей (manual §3.5.2), and a payment's confirmation as a file."""

from collections.abc import Sequence

from aiohttp import web

from lkcap.auth.model import reader_of
from lkcap.kit.db import connection
from lkcap.kit.errors import SenselessQuery
from lkcap.kit.keys import CONFIG
from lkcap.kit.month import YEARS
from lkcap.kit.pages import pdf, render
from lkcap.kit.workers import WORKERS
from lkcap.payments import confirmation_sheet, history_words
from lkcap.payments.confirmation import get_confirmation
from lkcap.payments.history_rows import Payment, list_history, list_pending


async def show(request: web.Request) -> web.Response:
    account, zone = reader_of(request).current, request.app[CONFIG].timezone
    async with connection(request.app) as conn:
        history = await list_history(conn, account, zone)
        pending = await list_pending(conn, account, zone)
    years = sorted({one.day.year for one in history}, reverse=True)
    year = _year(request, years)
    payments = [one for one in history if one.day.year == year]
    context = {
        "year": year,
        "years": years,
        "payments": payments,
        "total": sum(one.amount for one in payments),
        "pending": [(one, one.sent_at.astimezone(zone)) for one in pending],
        "has_paper": _has_paper,
        "how": history_words.how,
        "how_note": history_words.how_note,
        "went_to": history_words.went_to,
    }
    return await render("payments/history.html", request, context)


def _year(request: web.Request, years: Sequence[int]) -> int | None:
    """The newest year with payments unless asked; raises SenselessQuery."""
    asked = request.query.get("year", "")
    if not asked:
        return years[0] if years else None
    if not (asked.isascii() and asked.isdecimal() and len(asked) == 4 and int(asked) in YEARS):
        raise SenselessQuery("Год в адресе не понят. Нужно четыре цифры, например 2026.")
    return int(asked)


def _has_paper(payment: Payment) -> bool:
    return payment.source in history_words.SITE and payment.amount > 0


async def download(request: web.Request) -> web.Response:
    """The confirmation of a payment taken on the site; raises NotFound for another's."""
    account, config = reader_of(request).current, request.app[CONFIG]
    payment_id = int(request.match_info["payment_id"])
    async with connection(request.app) as conn:
        confirmation = await get_confirmation(conn, account, config, payment_id)
    body = await request.app[WORKERS].run(confirmation_sheet.render, confirmation)
    return pdf(body, f"payment-{account.number}-{payment_id}.pdf")
