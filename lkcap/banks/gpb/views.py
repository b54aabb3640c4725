"""The two calls of Gazprombank: may this be paid, and how it ended (contract §7).

The answer is XML with HTTP 200 whatever became of the call, but for a sender we do not know. A
database that is down is code 2 in time: the bank then asks, or tells, again.
"""

import asyncio
import base64
import hmac
from collections.abc import Sequence
from ipaddress import ip_address, ip_network

import structlog
from aiohttp import web

from lkcap.banks.gpb import answers, words
from lkcap.banks.gpb.check import CheckCall, parse_check
from lkcap.banks.gpb.keys import Key
from lkcap.banks.gpb.query import BadCall
from lkcap.banks.gpb.register import RegisterCall, parse_register
from lkcap.banks.gpb.signature import BadSignature
from lkcap.config import Gpb
from lkcap.kit.db import DATABASE
from lkcap.kit.errors import DatabaseUnavailable, NotFound
from lkcap.kit.keys import CONFIG
from lkcap.kit.security import public
from lkcap.kit.visitor import sender_address
from lkcap.payments import orders
from lkcap.payments.booking import settle
from lkcap.payments.message import Failure, Message, Success, Verdict
from lkcap.payments.order import PAYABLE, Order, State, advance

GPB_KEYS = web.AppKey("lkcap_gpb_keys", Sequence[Key])

BANK = "gpb"
# The bank waits about so long; what has not been answered by then it will ask or tell again.
ANSWER_SECONDS = 4.5
_RAW_MAX = 8192

_STORED = answers.registered(1, "OK")
_UNKNOWN_SENDER = "unknown sender"
_UNAVAILABLE = "Temporary unavailable"

log = structlog.get_logger()


@public
async def check(request: web.Request) -> web.Response:
    """CPAReq: the order's stored amount, or a refusal."""
    terms = request.app[CONFIG].gpb
    if stranger := _stranger(request, terms):
        return stranger
    try:
        call = parse_check(_raw_query(request))
        async with asyncio.timeout(ANSWER_SECONDS):
            return _xml(await _checked(request, terms, call))
    except BadCall as error:
        await _keep_refused(request, "check", str(error))
        return _xml(answers.refused("Bad request"))
    except (DatabaseUnavailable, TimeoutError) as error:
        log.error("check not answered", reason=repr(error))
        return _xml(answers.refused(_UNAVAILABLE))


async def _checked(request: web.Request, terms: Gpb, call: CheckCall) -> bytes:
    """Under the order's lock: a check and a message about another try do not meet."""
    async with request.app[DATABASE].transaction() as conn:
        order = await orders.lock_order(conn, call.order_id)
        reason = _refusal(order, terms, call)
        if order is None or reason:
            answer = answers.refused(reason)
            state = State.EXPIRED if order and reason == _EXPIRED else None
        else:
            answer = answers.payable(
                order.order_id,
                order.bank_account,
                order.amount,
                "Взнос на капремонт",
                f"Взнос на капитальный ремонт, заказ {order.order_id}",
            )
            state = State.CHECKED
        message = _message(request, "check", answer)
        moved = advance(order.state, state) if order and state else None
        await orders.note(conn, call.order_id, call.trx_id, message, Verdict.NOTED, state=moved)
    return answer


_EXPIRED = "Order is expired"


def _refusal(order: Order | None, terms: Gpb, call: CheckCall) -> str:
    """Why the bank must not take the money; empty where it may."""
    if call.merch_id != terms.merch_id:
        return "Unknown merchant"
    if order is None or order.bank != BANK:
        return "Unknown order"
    if order.state not in PAYABLE:
        return "Order is closed"
    return _EXPIRED if order.is_expired else ""


@public
async def register(request: web.Request) -> web.Response:
    """RPReq: the only word that money is booked on, if the bank has signed it."""
    terms = request.app[CONFIG].gpb
    if stranger := _stranger(request, terms):
        return stranger
    try:
        call = parse_register(_raw_query(request), terms.register_url, request.app[GPB_KEYS])
    except BadSignature as error:
        log.warning("bad signature", reason=str(error))
        await _keep_refused(request, "register", str(error))
        return _xml(answers.registered(2, "Invalid signature"))
    except BadCall as error:
        log.error("signed message makes no sense", reason=str(error))
        await _keep_senseless(request)
        return _xml(answers.registered(2, "Bad request"))
    if call.merch_id != terms.merch_id:
        await _keep_refused(request, "register", "чужой merch_id")
        return _xml(answers.registered(2, "Unknown merchant"))
    try:
        async with asyncio.timeout(ANSWER_SECONDS):
            await _registered(request, terms, call)
    except (DatabaseUnavailable, TimeoutError) as error:
        log.error("message not booked", trx_id=call.trx_id, reason=repr(error))
        return _xml(answers.registered(2, _UNAVAILABLE))
    return _xml(_STORED)


async def _registered(request: web.Request, terms: Gpb, call: RegisterCall) -> None:
    zone, message = request.app[CONFIG].timezone, _message(request, "register", _STORED)
    news = _news(call)
    verdict, order = await settle(request.app[DATABASE], zone, call.order_ids, news, message)
    if call.account_id not in (None, order.bank_account if order else terms.account_id):
        log.warning("another account of ours", trx_id=call.trx_id, account_id=call.account_id)
    log.info("bank message", bank=BANK, trx_id=call.trx_id, verdict=verdict)


def _news(call: RegisterCall) -> Success | Failure:
    if call.is_paid:
        assert call.amount is not None, "parse_register refuses a success without it"
        return Success(
            trx_id=call.trx_id,
            amount=call.amount,
            paid_at=call.at,
            rrn=call.rrn,
            auth_code=call.auth_code,
            masked_pan=call.masked_pan,
        )
    state = State.CANCELLED if words.is_cancel(call.ext_result_code) else State.FAILED
    return Failure(call.trx_id, state, call.ext_result_code or "")


def _stranger(request: web.Request, terms: Gpb) -> web.Response | None:
    """The answer to a sender who is not the bank; None for the bank."""
    if not terms.merch_id:
        raise NotFound
    if terms.allowed_ips and not _is_allowed(sender_address(request), terms.allowed_ips):
        log.warning("bank call from a foreign address")
        return web.Response(status=403, text=_UNKNOWN_SENDER)
    if terms.basic_auth and not _has_basic(request, terms.basic_auth.get_secret_value()):
        basic = {"WWW-Authenticate": 'Basic realm="lkcap"'}
        return web.Response(status=401, headers=basic, text=_UNKNOWN_SENDER)
    return None


def _is_allowed(address: str, allowed: tuple[str, ...]) -> bool:
    return bool(address) and any(ip_address(address) in ip_network(one) for one in allowed)


def _has_basic(request: web.Request, login_and_password: str) -> bool:
    wanted = "Basic " + base64.b64encode(login_and_password.encode()).decode()
    return hmac.compare_digest(request.headers.get("Authorization", "").encode(), wanted.encode())


def _raw_query(request: web.Request) -> str:
    """As it came over the wire: what is signed must not be read and written again."""
    return request.raw_path.partition("?")[2]


def _message(request: web.Request, kind: str, answer: bytes) -> Message:
    raw = request.raw_path[:_RAW_MAX]
    return Message(BANK, kind, sender_address(request), raw, answer.decode())


async def _keep_senseless(request: web.Request) -> None:
    """The bank has signed it: it is kept for ever, whatever it means."""
    message = _message(request, "register", answers.registered(2, "Bad request"))
    try:
        async with request.app[DATABASE].connection() as conn:
            await orders.note(conn, "", None, message, Verdict.SENSELESS)
    except DatabaseUnavailable as error:
        log.error("message not kept", reason=str(error))


async def _keep_refused(request: web.Request, kind: str, reason: str) -> None:
    """A message we do not believe is worth keeping, but not worth failing for."""
    try:
        async with request.app[DATABASE].connection() as conn:
            await orders.refuse(conn, _message(request, kind, b""), reason)
    except DatabaseUnavailable as error:
        log.error("refused message not kept", reason=str(error))


def _xml(body: bytes) -> web.Response:
    return web.Response(body=body, content_type="text/xml", charset="UTF-8")
