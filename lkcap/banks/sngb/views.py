"""СНГБ tells how a payment has ended, and sends the payer's browser back (contract §7).

The notification is only a reason to ask: what the bank answers to that is booked.
"""

import asyncio

import structlog
from aiohttp import web

from lkcap.banks.base import BankUnavailable, result_url
from lkcap.banks.sngb.client import SNGB, SngbClient
from lkcap.banks.sngb.errors import BadNotification
from lkcap.banks.sngb.notification import Notification, parse_notification, without_card
from lkcap.banks.sngb.results import Outcome
from lkcap.banks.sngb.signing import is_echo
from lkcap.banks.sngb.status import Status
from lkcap.kit.db import DATABASE, connection
from lkcap.kit.errors import NotFound
from lkcap.kit.keys import CONFIG
from lkcap.kit.security import public, without_token
from lkcap.kit.visitor import sender_address
from lkcap.payments import orders
from lkcap.payments.booking import settle
from lkcap.payments.message import Message, Verdict
from lkcap.payments.order import Order, is_order_id
from lkcap.payments.status import news_of

BANK = "sngb"
# The payer's browser waits for our answer to the bank. What the status is too slow for, the
# enquiry will ask.
ASK_SECONDS = 8

log = structlog.get_logger()


@public
@without_token
async def notify(request: web.Request) -> web.Response:
    """Answers where the bank is to send the browser; a database that is down is 503."""
    client = _client(request)
    body = await request.read()
    try:
        told = parse_notification(body)
    except BadNotification as error:
        return await _refused(request, body, None, str(error))
    async with connection(request.app) as conn:
        order = await orders.find_order(conn, told.order_id)
    if order is None or order.bank != BANK:
        return await _refused(
            request, body, None, "заказ неизвестен", is_to_ask=_may_be_money(told)
        )
    if not is_echo(request.app[CONFIG].sngb, order.amount, order.order_id, told.udf5):
        return await _refused(request, body, order, "udf5 не наш")
    message = _message(request, body, _place(request, order))
    await _decide(request, order, told, await _status(client, order, told), message)
    return web.Response(text=message.answer)


async def _decide(
    request: web.Request,
    order: Order,
    told: Notification,
    status: Status | None,
    message: Message,
) -> None:
    database, zone = request.app[DATABASE], request.app[CONFIG].timezone
    news = status and news_of(order, status, hint=told.hint, reason=told.reason, tranid=told.tranid)
    if news:
        verdict, _ = await settle(database, zone, (order.order_id,), news, message)
    else:
        verdict = Verdict.NOTED
        async with database.connection() as conn:
            await orders.note(conn, order.order_id, told.tranid, message, verdict)
    log.info("bank message", bank=BANK, trx_id=told.tranid, verdict=verdict)


async def _status(client: SngbClient, order: Order, told: Notification) -> Status | None:
    """None where the bank does not tell now."""
    try:
        async with asyncio.timeout(ASK_SECONDS):
            return await client.status(order.bank_payment_id or told.payment_id, order.order_id)
    except (BankUnavailable, TimeoutError) as error:
        log.warning("status not known", bank=BANK, reason=repr(error))
        return None


@public
async def come_back(request: web.Request) -> web.Response:
    """The addresses of success and error in the bank's cabinet: neither says how it ended.

    Only the order's own name opens its page: by the bank's, which is a mere number, others would.
    """
    _client(request)
    named = {name.lower(): value for name, value in request.query.items()}
    order_id = named.get("trackid", "")
    raise web.HTTPSeeOther(f"/payment/{order_id}" if is_order_id(order_id) else "/")


def _client(request: web.Request) -> SngbClient:
    """Raises NotFound where there is no such bank."""
    client = request.app[SNGB]
    if client is None:
        raise NotFound
    return client


async def _refused(
    request: web.Request, body: bytes, order: Order | None, reason: str, *, is_to_ask: bool = False
) -> web.Response:
    """Keep what we do not act on now; the browser, if there is one, is sent home all the same."""
    log.warning("bank message refused", bank=BANK, reason=reason)
    message = _message(request, body, _place(request, order))
    async with connection(request.app) as conn:
        await orders.refuse(conn, message, reason, is_to_ask=is_to_ask)
    return web.Response(text=message.answer)


def _may_be_money(told: Notification) -> bool:
    """The bank is asked later, and not by whoever sends a form (payments/strays)."""
    return bool(told.payment_id and told.order_id) and told.hint is Outcome.UNKNOWN


def _place(request: web.Request, order: Order | None) -> str:
    config = request.app[CONFIG]
    return f"REDIRECT={result_url(config, order.order_id) if order else config.public_url}"


def _message(request: web.Request, body: bytes, answer: str) -> Message:
    return Message(BANK, "notify", sender_address(request), without_card(body), answer)
