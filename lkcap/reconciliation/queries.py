"""What an accountant looks for: orders, payments, what is not confirmed, loads."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from lkcap.kit.db import Connection
from lkcap.kit.numbers import number_key
from lkcap.kit.sql import query
from lkcap.payments.linking import LIST_DIFFERENCES, Difference
from lkcap.reconciliation.model import (
    Aside,
    Found,
    Journalled,
    ListedRefund,
    Load,
    Ordered,
    Part,
    Summary,
    Suspended,
    Taken,
)

LIST_FOUND = query("reconciliation/list_found")
LIST_PAYMENTS = query("reconciliation/list_payments")
FIND_ORDER = query("reconciliation/find_order")
LIST_MESSAGES = query("reconciliation/list_messages")
LIST_PARTS = query("reconciliation/list_parts")
LIST_REFUNDS = query("reconciliation/list_refunds")
GET_SUMMARY = query("reconciliation/get_summary")
LIST_MISSING = query("reconciliation/list_missing")
LIST_LINKED = query("reconciliation/list_linked")
LIST_SUSPENSE = query("reconciliation/list_suspense")
LIST_LOADS = query("reconciliation/list_loads")
LIST_ASIDE = query("reconciliation/list_aside")

SHOWN = 100
ASIDE_SHOWN = 500


@dataclass(frozen=True, slots=True)
class _Linked:
    payment_id: int


async def list_found(conn: Connection, text: str) -> list[Found]:
    """By any number an accountant may hold; the newest where none is given."""
    return await conn.list(LIST_FOUND, Found, text=text, number_key=number_key(text), most=SHOWN)


async def list_payments(
    conn: Connection, *, order_id: str | None = None, payment_id: int | None = None
) -> list[Taken]:
    return await conn.list(LIST_PAYMENTS, Taken, order_id=order_id, payment_id=payment_id)


async def find_order(
    conn: Connection, *, order_id: str | None = None, payment_id: int | None = None
) -> Ordered | None:
    return await conn.find(FIND_ORDER, Ordered, order_id=order_id, payment_id=payment_id)


async def list_messages(
    conn: Connection, order_id: str | None, trx_ids: Sequence[str]
) -> list[Journalled]:
    return await conn.list(
        LIST_MESSAGES, Journalled, order_id=order_id, trx_ids=list(trx_ids), most=SHOWN
    )


async def list_parts(conn: Connection, order_id: str) -> list[Part]:
    return await conn.list(LIST_PARTS, Part, order_id=order_id)


async def list_refunds(
    conn: Connection, payment_ids: Sequence[int] | None = None
) -> list[ListedRefund]:
    """Of these payments; without them, all that wait for somebody."""
    ids = None if payment_ids is None else list(payment_ids)
    return await conn.list(LIST_REFUNDS, ListedRefund, payment_ids=ids, most=SHOWN)


async def get_summary(conn: Connection, since: datetime, before: datetime) -> Summary:
    return await conn.get(GET_SUMMARY, Summary, since=since, before=before)


async def list_missing(conn: Connection, since: datetime, before: datetime) -> list[Found]:
    return await conn.list(LIST_MISSING, Found, since=since, before=before, most=SHOWN)


async def list_differing(
    conn: Connection, since: datetime, before: datetime
) -> Sequence[Difference]:
    """Payments that billing has otherwise."""
    linked = await conn.list(LIST_LINKED, _Linked, since=since, before=before)
    ids = [one.payment_id for one in linked]
    return await conn.list(LIST_DIFFERENCES, Difference, payment_ids=ids) if ids else []


async def list_suspense(conn: Connection) -> list[Suspended]:
    return await conn.list(LIST_SUSPENSE, Suspended, most=SHOWN)


async def list_loads(conn: Connection, before: int = 0) -> list[Load]:
    """A page of them; one more than a page tells that there are older ones."""
    return await conn.list(LIST_LOADS, Load, load_id=None, before=before, most=SHOWN + 1)


async def get_load(conn: Connection, load_id: int) -> Load:
    return await conn.get(LIST_LOADS, Load, load_id=load_id, before=0, most=1)


async def list_aside(conn: Connection, load_id: int) -> list[Aside]:
    return await conn.list(LIST_ASIDE, Aside, load_id=load_id, most=ASIDE_SHOWN)
