"""What a bank's message does to an order: under its lock, in one transaction, once."""

from zoneinfo import ZoneInfo

from lkcap.kit.db import Database, Writer
from lkcap.payments import orders
from lkcap.payments.message import Failure, Message, Success, Verdict
from lkcap.payments.order import TAKEN, Order, Split, advance, split


async def settle(
    database: Database,
    zone: ZoneInfo,
    names: tuple[str, ...],
    news: Success | Failure,
    message: Message,
) -> tuple[Verdict, Order | None]:
    """Book the news, or note it; the same news again changes nothing. The order as it was before.

    `names` are what the bank calls the order, the surest first; `zone` is the fund's: a payment
    stands in the month of the bank's time there. The database is told in three messages: lock the
    order; take the payment; make its entries and commit.
    """
    async with database.transaction() as conn:
        await orders.join_bookings(conn)
        order = await orders.lock_order(conn, *names)
        order_id = order.order_id if order else next(iter(names), "")
        if isinstance(news, Failure):
            return await _note(conn, order, order_id, news, message), order
        return await _book(conn, zone, order, order_id, news, message), order


async def _note(
    conn: Writer, order: Order | None, order_id: str, news: Failure, message: Message
) -> Verdict:
    state = advance(order.state, news.state) if order else None
    moved = state if order and state != order.state else None
    await orders.note(
        conn,
        order_id,
        news.trx_id,
        message,
        Verdict.NOTED if order else Verdict.UNKNOWN,
        state=moved,
        reason=news.reason,
    )
    return Verdict.NOTED


async def _book(
    conn: Writer,
    zone: ZoneInfo,
    order: Order | None,
    order_id: str,
    news: Success,
    message: Message,
) -> Verdict:
    verdict, sums = Verdict.UNKNOWN, Split(news.amount, 0)
    if order is not None:
        is_second = order.state in TAKEN and await _is_another(conn, order_id, news.trx_id)
        sums = split(news.amount, order, is_second=is_second)
        exact = Verdict.BOOKED if news.amount == order.amount else Verdict.OTHER_SUM
        verdict = Verdict.SECOND if is_second else exact
    day = news.paid_at.astimezone(zone).date()
    booked = await orders.book(conn, order, order_id, news, sums, day, message, verdict)
    return verdict if booked else Verdict.REPEAT


async def _is_another(conn: Writer, order_id: str, trx_id: str) -> bool:
    """Whether the order was paid by another transaction than this."""
    return any(one.trx_id != trx_id for one in await orders.list_transactions(conn, order_id))
