"""Money that СНГБ has taken for an order we do not know: it waits in suspense for a person.

Anybody can send the notification, so it is kept as refused and the bank is asked, a few a round:
a flood of forged ones costs neither us nor the bank more than that.
"""

from dataclasses import dataclass
from zoneinfo import ZoneInfo

import structlog

from lkcap.banks.base import BankUnavailable
from lkcap.banks.sngb.client import SngbClient
from lkcap.banks.sngb.errors import BadNotification
from lkcap.banks.sngb.notification import Notification, parse_notification
from lkcap.kit.db import Database
from lkcap.kit.sql import query
from lkcap.payments import orders
from lkcap.payments.booking import settle
from lkcap.payments.message import Message, Success

TAKE_STRAY = query("payments/take_stray")
CLOSE_STRAY = query("payments/close_stray")

A_ROUND = 20
# A bank that is silent is asked about one notification for so long.
ASKED_DAYS = 3
BANK = "sngb"

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class _Stray:
    message_id: int
    address: str
    raw: str


async def ask_about_strays(database: Database, zone: ZoneInfo, client: SngbClient) -> int:
    """Ask the bank about notifications for unknown orders; for how many it has the money.

    `zone` is the fund's. A bank that does not answer is left alone till the next round.
    """
    taken = 0
    for _ in range(A_ROUND):
        async with database.connection() as conn:
            stray = await conn.find(TAKE_STRAY, _Stray, asked_days=ASKED_DAYS)
        if stray is None:
            break
        try:
            taken += await _ask(database, zone, client, stray)
        except BankUnavailable:
            break
        async with database.connection() as conn:
            await conn.run(CLOSE_STRAY, message_id=stray.message_id)
    return taken


async def _ask(database: Database, zone: ZoneInfo, client: SngbClient, stray: _Stray) -> bool:
    """Whether the bank has the money; raises BankUnavailable."""
    told = _claim(stray.raw)
    status = await client.status(told.payment_id, told.order_id) if told else None
    payment = status.payment if status else None
    if told is None or payment is None:
        return False
    if payment.is_refunded:
        # its `tranid` may be the refund's by now: booked under that it would stand twice
        log.error("refunded money of an unknown order", bank=BANK, trx_id=payment.tranid)
        return False
    names = await _names(database, told.order_id)
    news = Success(trx_id=payment.tranid, amount=payment.amount, paid_at=payment.created)
    message = Message(BANK, "notify", stray.address, stray.raw, "")
    verdict, _ = await settle(database, zone, names, news, message)
    log.warning("money for an unknown order", bank=BANK, trx_id=news.trx_id, verdict=verdict)
    return True


def _claim(raw: str) -> Notification | None:
    try:
        return parse_notification(raw.encode())
    except BadNotification:
        return None


async def _names(database: Database, order_id: str) -> tuple[str, ...]:
    """What the payment may be booked on: an order of another bank it is not, by the same name."""
    async with database.connection() as conn:
        order = await orders.find_order(conn, order_id)
    return (order_id,) if order is None or order.bank == BANK else ()
