"""Orders and payments in the database."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from lkcap.kit.db import Connection, Writer
from lkcap.kit.month import Month
from lkcap.kit.sql import query
from lkcap.payments.allocation import Part
from lkcap.payments.entries import ADD_SERVICE, BOOK_ENTRIES, FIND_SERVICE, USUAL_SERVICE
from lkcap.payments.message import Message, Success, Verdict
from lkcap.payments.order import Order, Split, State

LOCK_ORDER = query("payments/lock_order")
FIND_ORDER = query("payments/find_order")
ADD_ORDER = query("payments/add_order")
MARK_SENT = query("payments/mark_sent")
SET_STATE = query("payments/set_state")
LIST_TRANSACTIONS = query("payments/list_transactions")
BOOK = query("payments/book")
JOIN_BOOKINGS = query("payments/join_bookings")
NOTE_MESSAGE = query("payments/note_message")
ADD_REFUSED = query("payments/add_refused")

# What we did not believe is kept for 90 days, and no more than this.
REFUSED_MAX = 10_000


@dataclass(frozen=True, slots=True)
class Transaction:
    """Money a bank has taken for an order, kopecks."""

    trx_id: str
    principal: int
    penalty: int
    paid_at: datetime


@dataclass(frozen=True, slots=True)
class _Service:
    service_id: int


@dataclass(frozen=True, slots=True)
class _Taken:
    payment_id: int


def _told(message: Message) -> dict[str, str]:
    """The message as its row keeps it; our answer stands with what we believed."""
    return {
        "bank": message.bank,
        "message_kind": message.kind,
        "address": message.address,
        "raw": message.raw,
    }


async def find_order(conn: Connection, order_id: str) -> Order | None:
    return await conn.find(FIND_ORDER, Order, order_id=order_id)


async def join_bookings(conn: Writer) -> None:
    """Tell linking that a booking is under way until the transaction ends: before it reads."""
    await conn.put(JOIN_BOOKINGS)


async def lock_order(conn: Connection, *names: str) -> Order | None:
    """Hold the first of these that is an order, until the transaction ends."""
    return await conn.find(LOCK_ORDER, Order, names=list(names))


async def list_transactions(conn: Connection, order_id: str) -> Sequence[Transaction]:
    return await conn.list(LIST_TRANSACTIONS, Transaction, order_id=order_id)


async def service_of(conn: Connection, account_id: int) -> int:
    """The account's contribution service: its payments are booked there."""
    wanted = {"account_id": account_id, "usual": USUAL_SERVICE}
    found = await conn.find(FIND_SERVICE, _Service, **wanted)
    if found is None:
        await conn.run(ADD_SERVICE, usual=USUAL_SERVICE)
        found = await conn.get(FIND_SERVICE, _Service, **wanted)
    return found.service_id


async def add_order(
    conn: Connection,
    order_id: str,
    *,
    account_id: int,
    subscriber_id: int | None,
    bank: str,
    bank_account: str,
    sums: Split,
    fee: int | None,
    minutes: int,
    parts: Sequence[Part],
) -> None:
    """`minutes` is how long the order waits for its payer."""
    await conn.run(
        ADD_ORDER,
        order_id=order_id,
        account_id=account_id,
        subscriber_id=subscriber_id,
        bank=bank,
        bank_account=bank_account,
        principal=sums.principal,
        penalty=sums.penalty,
        fee=fee,
        minutes=minutes,
        service_id=await service_of(conn, account_id),
        kinds=[part.kind for part in parts],
        months=[part.month.first_day if part.month else None for part in parts],
        amounts=[part.amount for part in parts],
    )


async def mark_sent(conn: Connection, order_id: str, bank_payment_id: str | None) -> None:
    await conn.run(MARK_SENT, order_id=order_id, bank_payment_id=bank_payment_id)


async def set_state(conn: Connection, order_id: str, state: State, reason: str | None) -> None:
    await conn.run(SET_STATE, order_id=order_id, state=state, reason=reason)


async def book(
    conn: Writer,
    order: Order | None,
    order_id: str,
    news: Success,
    sums: Split,
    posted_on: date,
    message: Message,
    verdict: Verdict,
) -> bool:
    """Book a payment with its journal row; False where the transaction is known already.

    The entries go with the end of the transaction.
    """
    taken = await conn.find(
        BOOK,
        _Taken,
        source=message.bank,
        trx_id=news.trx_id,
        order_id=order.order_id if order else None,
        account_id=order.account_id if order else None,
        principal=sums.principal,
        penalty=sums.penalty,
        paid_at=news.paid_at,
        period=Month.of(posted_on).first_day,
        rrn=news.rrn,
        auth_code=news.auth_code,
        masked_pan=news.masked_pan,
        **_told(message),
        verdict=verdict,
        answer=message.answer,
    )
    if taken is None:
        return False
    service_id = order.service_id if order else None
    await conn.put(
        BOOK_ENTRIES, payment_ids=[taken.payment_id], service_ids=[service_id], days=[posted_on]
    )
    return True


async def note(
    conn: Connection,
    order_id: str,
    trx_id: str | None,
    message: Message,
    verdict: Verdict,
    *,
    state: State | None = None,
    reason: str | None = None,
) -> None:
    """Keep a verified message that books nothing; `state` is where it moves the order."""
    await conn.run(
        NOTE_MESSAGE,
        **_told(message),
        answer=message.answer,
        order_id=order_id,
        trx_id=trx_id,
        verdict=verdict,
        state=state,
        reason=reason,
    )


async def refuse(
    conn: Connection, message: Message, reason: str, *, is_to_ask: bool = False
) -> None:
    """Keep a message that nobody vouches for; `is_to_ask`: the bank will be asked about it."""
    await conn.run(
        ADD_REFUSED, **_told(message), reason=reason, is_to_ask=is_to_ask, most=REFUSED_MAX
    )
