"""Refunds as employees ask for them, without their pages."""

from itertools import count

from aiohttp import web

from lkcap.banks.refund import REFUNDERS, RefundState
from lkcap.kit.db import DATABASE
from lkcap.kit.keys import CLOCK
from lkcap.payments.order import Split
from lkcap.payments.refund_enquiry import Looked, look_for_unknown
from lkcap.payments.refunds import ask, release, send
from tests.payments.cards import Shop

_forms = count(1)
ADD_STAFF = (
    "INSERT INTO staff (login, name, role, password_hash, totp_secret)"
    " VALUES (%s, %s, 'accountant', '', '') RETURNING staff_id"
)


class Desk:
    """Two accountants, and a site whose payments they give back."""

    def __init__(self, shop: Shop) -> None:
        self.shop = shop
        self.first, self.second = (
            shop.books.rows(ADD_STAFF, login, login)[0][0] for login in ("olga", "pavel")
        )

    @property
    def app(self) -> web.Application:
        return self.shop.browser.server.app

    def payment_id(self) -> int:
        """Of the first payment."""
        ((found,),) = self.shop.books.rows(
            "SELECT min(payment_id) FROM payment WHERE refund_id IS NULL"
        )
        return int(found)

    async def ask(self, principal: int, penalty: int = 0, *, form: str = "") -> int:
        async with self.app[DATABASE].transaction() as conn:
            refund_id, _ = await ask(
                self.app, conn, self.payment_id(), Split(principal, penalty),
                staff_id=self.first, why="заплатил дважды", form=form or f"form-{next(_forms)}",
            )  # fmt: skip
        return refund_id

    async def release(self, refund_id: int, staff_id: int) -> bool:
        async with self.app[DATABASE].transaction() as conn:
            return await release(conn, refund_id, staff_id)

    async def give(self, principal: int, penalty: int = 0) -> RefundState:
        """Asked, released and sent by one employee."""
        refund_id = await self.ask(principal, penalty)
        assert await self.release(refund_id, self.first)
        return (await send(self.app, refund_id)).state

    async def look(self) -> Looked:
        """A minute later, and patiently."""
        return await look_for_unknown(
            self.app[DATABASE], self.app[CLOCK], self.app[REFUNDERS], is_patient=False
        )

    def age(self, minutes: int) -> None:
        """Refunds were sent so long ago."""
        self.shop.books.rows(
            "UPDATE refund SET sent_at = now() - make_interval(mins => %s)", minutes
        )

    def states(self) -> list[str]:
        found = self.shop.books.rows("SELECT CAST(state AS text) FROM refund ORDER BY refund_id")
        return [state for (state,) in found]
