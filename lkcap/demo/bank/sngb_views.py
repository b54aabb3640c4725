"""СНГБ's own addresses: init, its page, the state of a payment, refunds."""

import hmac
from collections.abc import Mapping

from aiohttp import web

from lkcap.demo.bank import sngb
from lkcap.demo.bank.bank import BANK, Bank, RefundRefused, Unanswered, new_id
from lkcap.demo.bank.model import Attempt, Payment, Wire
from lkcap.demo.bank.render import hung_up
from lkcap.demo.bank.settings import SngbTerms
from lkcap.demo.bank.sngb import (
    CREDIT,
    PURCHASE,
    SIGNED_TO_PAY,
    SIGNED_TO_REFUND,
    CallRefused,
    transactions,
    weigh,
)
from lkcap.demo.bank.wire import basic, kopecks, query, with_query

ACTION = "com.aciworldwide.commerce.gateway.payment.action.HostedPaymentPageAction"
LIMIT = "61"  # ISO 8583: more than may be
FREE = ("udf1", "udf2", "udf3", "udf4", "udf5")


def _terms(request: web.Request) -> SngbTerms:
    terms = request.app[BANK].settings.sngb
    if terms is None:
        raise web.HTTPNotFound
    return terms


async def _form(request: web.Request) -> dict[str, str]:
    return {name: value for name, value in (await request.post()).items() if isinstance(value, str)}


async def init(request: web.Request) -> web.Response:
    """Answers the page's address and CRLF; a refusal is the shop's error address and a reason."""
    bank, terms, form = request.app[BANK], _terms(request), await _form(request)
    try:
        weigh(form, terms, PURCHASE, SIGNED_TO_PAY)
        attempt = _open(bank, terms, form)
    except CallRefused as error:
        told = query([("error", error.code), ("errortext", error.text)])
        return web.Response(text=with_query(terms.error_url, told) + "\r\n")
    page = f"{request.url.origin()}/ECommerce/hppaction?formAction={ACTION}&PaymentID={attempt.id}"
    return web.Response(text=page + "\r\n")


def _open(bank: Bank, terms: SngbTerms, form: Mapping[str, str]) -> Attempt:
    track = form.get("trackid", "")
    known = any(one.wire is Wire.SNGB and one.order == track for one in bank.attempts.values())
    if not track or known:
        raise CallRefused("CGW000023", "Track id is missing or was used before")
    attempt = Attempt(
        id=new_id(),
        wire=Wire.SNGB,
        order=track,
        opened_at=bank.settings.now(),
        back_success=terms.success_url,
        back_failure=terms.error_url,
        passed={name: form[name] for name in FREE if name in form},
        amount=_amount(form),
        title=f"Заказ {track}"[:125],
    )
    bank.open(attempt)
    return attempt


def _amount(form: Mapping[str, str]) -> int:
    """In kopecks, above zero. Raises CallRefused."""
    try:
        amount = kopecks(form.get("amt", ""))
    except ValueError as error:
        raise CallRefused("CGW000026", "Invalid amount") from error
    if amount == 0:
        raise CallRefused("CGW000026", "Invalid amount")
    return amount


async def page(request: web.Request) -> web.Response:
    """The payer comes here from the shop."""
    _terms(request)
    payment_id = request.query.get("PaymentID", "")
    if payment_id not in request.app[BANK].attempts:
        raise web.HTTPNotFound(text="Такого платежа нет")
    raise web.HTTPSeeOther(f"/pay/{payment_id}")


def _asked(request: web.Request) -> Attempt | None:
    """Whose state is asked; only with the token."""
    expected = basic(_terms(request).token, "").encode()
    if not hmac.compare_digest(request.headers.get("Authorization", "").encode(), expected):
        raise web.HTTPUnauthorized(headers={"WWW-Authenticate": 'Basic realm="ECommerce"'})
    attempt = request.app[BANK].attempts.get(request.match_info["id"])
    return attempt if attempt and attempt.wire is Wire.SNGB else None


async def list_payments(request: web.Request) -> web.Response:
    attempt = _asked(request)
    rows = [sngb.payment(request.app[BANK], attempt)] if attempt else []
    listed = {"data": rows, "count": str(len(rows)), "object": "list"}
    return web.json_response(listed | {"url": "/ECommerce/v1/payments"})


async def list_transactions(request: web.Request) -> web.Response:
    attempt = _asked(request)
    rows = transactions(request.app[BANK], attempt) if attempt else []
    return web.json_response({"tranlist": rows, "object": "list"})


async def refund(request: web.Request) -> web.Response:
    """Action 2 on the captured transaction; answers a form, like the notification's."""
    bank, terms, form = request.app[BANK], _terms(request), await _form(request)
    try:
        weigh(form, terms, CREDIT, SIGNED_TO_PAY if terms.refund_signs_action else SIGNED_TO_REFUND)
        payment = _of_form(bank, form)
        amount = _amount(form)
    except CallRefused as error:
        return web.Response(text=query([("Error", str(error))]))
    try:
        done = bank.give_back(payment, amount)
    except RefundRefused:
        told = [("result", "NOT CAPTURED"), ("responsecode", LIMIT)]
    except Unanswered:
        return hung_up(request)
    else:
        told = [("tranid", done.trx_id), ("result", "CAPTURED"), ("responsecode", "00")]
    named = [("paymentid", payment.attempt.id), ("trackid", payment.attempt.order)]
    return web.Response(text=query(named + told))


def _of_form(bank: Bank, form: Mapping[str, str]) -> Payment:
    """Raises CallRefused."""
    try:
        payment = bank.find(form.get("tranid", ""))
    except RefundRefused as error:
        raise CallRefused("CGW000316", "Wrong tranid") from error
    if payment.attempt.id != form.get("paymentid"):
        raise CallRefused("CGW000316", "Wrong paymentid")
    return payment
