"""Gazprombank's own addresses: the start of a payment and its refund."""

import hmac
from xml.sax.saxutils import escape

from aiohttp import web

from lkcap.demo.bank import gpb
from lkcap.demo.bank.bank import BANK, RefundRefused, Unanswered, new_trx_id
from lkcap.demo.bank.model import Attempt, Wire
from lkcap.demo.bank.render import hung_up, notice
from lkcap.demo.bank.settings import GpbTerms
from lkcap.demo.bank.wire import basic, is_web_address

PASSED_MAX = 128


def _terms(request: web.Request) -> GpbTerms:
    terms = request.app[BANK].settings.gpb
    if terms is None:
        raise web.HTTPNotFound
    return terms


async def start(request: web.Request) -> web.Response:
    """Asks the shop at once; each visit is a new attempt with a trx_id of its own."""
    bank, terms, asked = request.app[BANK], _terms(request), request.query
    if wrong := _what_is_wrong(request, terms):
        return notice(400, "Магазин прислал неверный запрос", wrong)
    attempt = Attempt(
        id=new_trx_id(),
        wire=Wire.GPB,
        order=asked.get("o.order_id", ""),
        opened_at=bank.settings.now(),
        back_success=asked["back_url_s"],
        back_failure=asked["back_url_f"],
        passed={name: value for name, value in asked.items() if name.startswith("o.")},
    )
    bank.open(attempt)
    await gpb.check(bank, terms, attempt)
    raise web.HTTPSeeOther(f"/pay/{attempt.id}")


def _what_is_wrong(request: web.Request, terms: GpbTerms) -> str:
    asked = request.query
    if asked.get("merch_id") != terms.merch_id:
        return "Неизвестный merch_id."
    if len(asked) != len(set(asked)):
        return "Параметр повторяется."
    for name in ("back_url_s", "back_url_f"):
        if not is_web_address(asked.get(name, "")):
            return f"{name}: нужен полный адрес."
    long = [name for name, value in asked.items() if name[:2] == "o." and len(value) > PASSED_MAX]
    return f"{long[0]}: длиннее {PASSED_MAX} знаков." if long else ""


async def refund(request: web.Request) -> web.Response:
    """Whole or in parts, up to what was paid; `code` 1 done, 2 refused."""
    bank, terms, asked = request.app[BANK], _terms(request), request.query
    expected = basic(terms.merch_id, terms.api_password).encode()
    if not hmac.compare_digest(request.headers.get("Authorization", "").encode(), expected):
        raise web.HTTPUnauthorized(headers={"WWW-Authenticate": 'Basic realm="merchantapi"'})
    try:
        payment = bank.find(asked.get("trx_id", ""))
        if asked.get("p.rrn", "").strip() != payment.operation.rrn.strip():
            raise RefundRefused("wrong rrn")
        done = bank.give_back(payment, int(asked.get("amount", "")))
    except (RefundRefused, ValueError) as error:
        return _answer("2", str(error))
    except Unanswered:
        return hung_up(request)
    told = f"<Refund><rrn>{done.rrn}</rrn><authcode>{done.auth_code}</authcode></Refund>"
    return _answer("1", "OK", told)


def _answer(code: str, desc: str, told: str = "") -> web.Response:
    result = f"<Result><code>{code}</code><desc>{escape(desc)}</desc></Result>"
    xml = f"<Message><RefundResponse>{result}{told}</RefundResponse></Message>"
    return web.Response(
        text=f'<?xml version="1.0" encoding="UTF-8"?>{xml}', content_type="text/xml"
    )
