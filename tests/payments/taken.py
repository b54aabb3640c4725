"""Payments by card as a bank's messages make them."""

from dataclasses import replace
from datetime import datetime
from itertools import count
from zoneinfo import ZoneInfo

from lkcap.kit.db import Database
from lkcap.payments import orders
from lkcap.payments.allocation import Part
from lkcap.payments.booking import settle
from lkcap.payments.message import Failure, Message, Success
from lkcap.payments.order import Split, State, new_order_id
from tests.factory import Books
from tests.payments.conftest import NUMBER

ZONE = ZoneInfo("Asia/Yekaterinburg")
MESSAGE = Message("gpb", "register", "203.0.113.7", "raw", "answer")
# 12:05 in the fund's zone
NOON = datetime(2026, 11, 14, 12, 5, 33, tzinfo=ZONE)
NEWS = Success(
    "FA4E0001", 0, NOON, rrn="613344519801", auth_code="104418", masked_pan="411111xxxxxx1111"
)
_numbers = count(2)


class Till:
    """A bank and a cabinet that take payments for one account."""

    def __init__(self, books: Books, number: str = NUMBER) -> None:
        self.books, self.number = books, number

    async def order(
        self,
        principal: int = 87997,
        penalty: int = 0,
        parts: tuple[Part, ...] = (),
        *,
        fee: int | None = None,
        is_sent: bool = True,
    ) -> str:
        """An order whose payer was sent to the bank."""
        ((account_id,),) = self.books.rows(
            "SELECT account_id FROM account WHERE number = %s", self.number
        )
        order_id, database = new_order_id(), Database(self.books.database)
        async with database.transaction() as conn:
            await orders.add_order(
                conn, order_id, account_id=account_id, subscriber_id=None, bank="gpb",
                bank_account="", sums=Split(principal, penalty), fee=fee, minutes=30, parts=parts,
            )  # fmt: skip
            if is_sent:
                await orders.mark_sent(conn, order_id, None)
        await database.close()
        return order_id

    async def news(self, order_id: str, news: Success | Failure) -> None:
        database = Database(self.books.database)
        await settle(database, ZONE, (order_id,), news, MESSAGE)
        await database.close()

    async def pay(
        self,
        principal: int = 87997,
        penalty: int = 0,
        parts: tuple[Part, ...] = (),
        *,
        fee: int | None = None,
        at: datetime = NOON,
    ) -> Success:
        """An order paid exactly; what the bank has said of it."""
        order_id = await self.order(principal, penalty, parts, fee=fee)
        trx_id = f"FA4E{next(_numbers):04d}"
        news = replace(NEWS, trx_id=trx_id, amount=principal + penalty, paid_at=at)
        await self.news(order_id, news)
        return news

    async def cancel(self, order_id: str) -> None:
        await self.news(order_id, Failure("FA4E0001", State.CANCELLED, "USER_CANCEL"))
