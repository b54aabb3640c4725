"""All that is known of a payment: its order, its money, the bank's messages, its refunds."""

from collections.abc import Sequence
from dataclasses import dataclass

from lkcap.kit.db import Connection
from lkcap.kit.errors import NotFound
from lkcap.payments.order import is_order_id
from lkcap.reconciliation import queries
from lkcap.reconciliation.model import Journalled, ListedRefund, Ordered, Part, Taken


@dataclass(frozen=True, slots=True)
class Dossier:
    """Of an order, or of a payment that has none."""

    order: Ordered | None
    payments: Sequence[Taken]
    messages: Sequence[Journalled]
    parts: Sequence[Part]
    refunds: Sequence[ListedRefund]

    @property
    def returned(self) -> int:
        """Kopecks given back so far."""
        return -sum(one.amount for one in self.payments if one.amount < 0)


async def read_dossier(conn: Connection, key: str) -> Dossier:
    """By an order's name or a payment's number; raises NotFound."""
    order_id = key if is_order_id(key) else None
    is_number = key.isascii() and key.isdecimal() and len(key) <= 18
    payment_id = int(key) if is_number and not order_id else None
    order = await queries.find_order(conn, order_id=order_id, payment_id=payment_id)
    payments = await queries.list_payments(conn, order_id=order_id, payment_id=payment_id)
    if order is None and not payments:
        raise NotFound
    known = order.order_id if order else None
    return Dossier(
        order,
        payments,
        await queries.list_messages(conn, known, [one.trx_id for one in payments]),
        await queries.list_parts(conn, known) if known else (),
        await queries.list_refunds(conn, [one.payment_id for one in payments]),
    )
