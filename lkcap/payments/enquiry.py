"""Orders the bank owes an answer about: СНГБ is asked, and what is not paid in time expires.

Gazprombank has no enquiry that its papers describe well enough to book on: its orders only
expire, and its message books them whenever it comes.
"""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from zoneinfo import ZoneInfo

import structlog
from aiohttp import web

from lkcap.banks.base import BankUnavailable
from lkcap.banks.refund import REFUNDERS
from lkcap.banks.sngb.client import SNGB, SngbClient
from lkcap.banks.sngb.status import Status
from lkcap.kit.db import DATABASE, Database
from lkcap.kit.errors import DatabaseUnavailable
from lkcap.kit.keys import CLOCK, CONFIG
from lkcap.kit.sql import query
from lkcap.payments.booking import settle
from lkcap.payments.message import Failure, Message, Success
from lkcap.payments.order import Order, State, advance
from lkcap.payments.refund_enquiry import look_for_unknown
from lkcap.payments.status import news_of
from lkcap.payments.strays import ask_about_strays

TAKE_UNANSWERED = query("payments/take_unanswered")
MARK_ASKED = query("payments/mark_asked")
EXPIRE = query("payments/expire")

EVERY_SECONDS = 30
# A bank that has not answered so often in a row is left alone till the next time.
SILENT_MAX = 3

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Asked:
    """How many orders were asked about, of how many there was news, of how many no answer."""

    asked: int
    news: int
    silent: int


async def ask_unanswered(
    database: Database, zone: ZoneInfo, client: SngbClient, *, is_patient: bool
) -> Asked:
    """Ask about each order sent to the bank more than a minute ago; `zone` is the fund's.

    A patient one lets pauses grow from a minute to an hour; the other asks about all of them now.
    Several may run at once: an order is taken before the bank is called, and not for long.
    """
    asked: list[str] = []
    news = silent = silent_in_a_row = 0
    while silent_in_a_row < SILENT_MAX:
        order = await _take(database, asked, is_patient=is_patient)
        if order is None:
            break
        asked.append(order.order_id)
        try:
            news += await _ask(database, zone, client, order)
            silent_in_a_row = 0
        except BankUnavailable:
            silent, silent_in_a_row = silent + 1, silent_in_a_row + 1
        async with database.connection() as conn:
            await conn.run(MARK_ASKED, order_id=order.order_id)
    return Asked(len(asked), news, silent)


async def expire(database: Database) -> int:
    """Orders whose time is over wait no more; how many."""
    async with database.connection() as conn:
        return await conn.run(EXPIRE)


async def _take(database: Database, asked: Sequence[str], *, is_patient: bool) -> Order | None:
    async with database.connection() as conn:
        return await conn.find(TAKE_UNANSWERED, Order, asked=list(asked), is_patient=is_patient)


async def _ask(database: Database, zone: ZoneInfo, client: SngbClient, order: Order) -> bool:
    """Whether there was news; raises BankUnavailable."""
    status = await client.status(order.bank_payment_id or "", order.order_id)
    news = news_of(order, status)
    if news is None or not _is_final(order, news):
        return False
    message = Message(order.bank, "enquiry", "", _told(status), "")
    verdict, _ = await settle(database, zone, (order.order_id,), news, message)
    log.info("bank asked", bank=order.bank, trx_id=news.trx_id, verdict=verdict)
    return True


def _is_final(order: Order, news: Success | Failure) -> bool:
    """A refusal is not while there is time to try another card: it would end the asking."""
    if isinstance(news, Success):
        return True
    is_over = news.state is State.CANCELLED or order.is_expired
    return is_over and advance(order.state, news.state) != order.state


def _told(status: Status) -> str:
    """The bank's answer for the journal, without what does not matter."""
    paid = status.payment
    if paid is None:
        return f"outcome={status.outcome}"
    return (
        f"outcome={status.outcome}&paymentid={paid.payment_id}&tranid={paid.tranid}"
        f"&amount={paid.amount}&created={paid.created.isoformat()}&refunded={paid.is_refunded}"
    )


async def enquiry_context(app: web.Application) -> AsyncIterator[None]:
    """Ask now and then, for as long as the site runs."""
    watching = asyncio.create_task(_watch(app))
    yield
    watching.cancel()
    with suppress(asyncio.CancelledError):
        await watching


async def _watch(app: web.Application) -> None:
    while True:
        await asyncio.sleep(EVERY_SECONDS)
        try:
            await look_after(app)
        except DatabaseUnavailable as error:
            log.error("enquiry put off", reason=str(error))
        except Exception:
            # what is wrong with one round must not end all of them
            log.exception("enquiry failed")


async def look_after(app: web.Application) -> None:
    """One round."""
    database, client = app[DATABASE], app[SNGB]
    if client:
        await ask_unanswered(database, app[CONFIG].timezone, client, is_patient=True)
        await ask_about_strays(database, app[CONFIG].timezone, client)
    await look_for_unknown(database, app[CLOCK], app[REFUNDERS], is_patient=True)
    await expire(database)
