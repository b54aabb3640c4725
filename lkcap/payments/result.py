"""The page a payer comes back to: what the portal knows of his order, and never more.

The order's name is the only key to it, so it tells neither the account nor whose it is.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from aiohttp import web

from lkcap.auth.model import Reader
from lkcap.banks.gpb.words import reason as gpb_reason
from lkcap.kit.db import connection
from lkcap.kit.errors import NotFound
from lkcap.kit.keys import CONFIG
from lkcap.kit.pages import READER, render
from lkcap.kit.security import public
from lkcap.payments import orders
from lkcap.payments.order import TAKEN, Order, State, is_order_id
from lkcap.payments.orders import Transaction

# While the bank is silent the page asks again by itself; later only the reader does.
WAITING = {State.CREATED, State.CHECKED}


@dataclass(frozen=True, slots=True)
class Result:
    """`kind` is how the page looks: wait, paid, returned, cancelled, failed; sums are kopecks."""

    order: Order
    transactions: Sequence[Transaction]

    @property
    def kind(self) -> str:
        if self.order.state in TAKEN:
            return "returned" if self.returned == self.paid else "paid"
        if self.order.state in WAITING:
            return "wait"
        return "cancelled" if self.order.state == State.CANCELLED else "failed"

    @property
    def _taken(self) -> Sequence[Transaction]:
        return [one for one in self.transactions if one.principal + one.penalty >= 0]

    @property
    def returned(self) -> int:
        """What the bank has given back to the card."""
        return self.paid - sum(one.principal + one.penalty for one in self.transactions)

    @property
    def principal(self) -> int:
        return sum(one.principal for one in self._taken)

    @property
    def penalty(self) -> int:
        return sum(one.penalty for one in self._taken)

    @property
    def paid(self) -> int:
        """What the bank has told us it took: it may differ from what was ordered."""
        return self.principal + self.penalty

    @property
    def reason(self) -> str:
        """Why it did not pass, in Russian."""
        if self.order.state == State.EXPIRED:
            return "Время на оплату вышло, банк не сообщил об оплате."
        return (
            gpb_reason(self.order.reason) if self.order.bank == "gpb" else self.order.reason or ""
        )


@public
async def show(request: web.Request) -> web.Response:
    """Found by the order's name alone; raises NotFound."""
    order_id = request.match_info["order"]
    if not is_order_id(order_id):
        raise NotFound
    async with connection(request.app) as conn:
        order = await orders.find_order(conn, order_id)
        if order is None:
            raise NotFound
        transactions = await orders.list_transactions(conn, order_id)
    context = {
        "result": Result(order, transactions),
        "is_known": isinstance(request.get(READER), Reader),
        "zone": request.app[CONFIG].timezone,
    }
    return await render("payments/result.html", request, context)
