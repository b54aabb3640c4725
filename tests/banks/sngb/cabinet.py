"""A cabinet whose bank is the fake one."""

from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode

from aiohttp import web

from lkcap.banks.base import BANK
from lkcap.kit.db import DATABASE
from lkcap.payments import orders
from lkcap.payments.order import Split, new_order_id
from tests.banks.sngb.bank import FakeBank
from tests.browserless import Answer, Browser
from tests.factory import Books

# What the fake bank says of a payment that it has captured.
TRANID = "6443917541473390"


@dataclass
class Cabinet:
    """One order of 879,97 and 0,32 at a time, begun at the bank."""

    bank: FakeBank
    browser: Browser
    books: Books
    app: web.Application
    order_id: str = ""
    payment_id: str = ""

    async def begin(self) -> None:
        ((account_id,),) = self.books.rows("SELECT account_id FROM account")
        self.order_id, sums = new_order_id(), Split(87997, 32)
        async with self.app[DATABASE].transaction() as conn:
            await orders.add_order(
                conn, self.order_id, account_id=account_id, subscriber_id=None, bank="sngb",
                bank_account="", sums=sums, fee=None, minutes=30, parts=(),
            )  # fmt: skip
        started = await self.app[BANK].start(self.order_id, 88029)
        assert started.bank_payment_id
        self.payment_id = started.bank_payment_id
        async with self.app[DATABASE].transaction() as conn:
            await orders.mark_sent(conn, self.order_id, self.payment_id)

    @property
    def result(self) -> str:
        return f"REDIRECT=http://127.0.0.1/payment/{self.order_id}"

    def form(self, **more: str) -> dict[str, str]:
        """What the bank sends of a success."""
        sent = next(form for call, form in self.bank.heard[::-1] if call == "PaymentInitServlet")
        return {
            "paymentid": self.payment_id,
            "trackid": self.order_id,
            "tranid": TRANID,
            "result": "CAPTURED",
            "responsecode": "00",
            "udf1": self.order_id,
            "udf5": sent["udf5"],
            "pan": "2200700000000009",
            "panhash": "da39a3ee5e6b4b0d3255bfef95601890afd80709",
        } | more

    async def notify(self, **more: str) -> Answer:
        return await self.send(urlencode(self.form(**more)).encode())

    async def send(self, body: bytes) -> Answer:
        """A form exactly as given, of somebody who has no cookie."""
        url = self.browser.server.make_url("/bank/sngb/notify")
        headers = {"Content-Type": "application/x-www-form-urlencoded"}
        async with self.browser.http.post(url, data=body, headers=headers) as response:
            return Answer(response.status, response.headers, await response.read())

    def age(self, minutes: int) -> None:
        """The payer was sent to the bank so long ago, and no answer was asked for since."""
        self.books.rows(
            "UPDATE payment_order SET asked_at = NULL, sent_at = now() - make_interval(mins => %s),"
            " created_at = now() - make_interval(mins => %s),"
            " expires_at = now() + make_interval(mins => 30 - %s)",
            *(minutes, minutes, minutes),
        )

    def state(self) -> str:
        """Of the only order."""
        ((state,),) = self.books.rows("SELECT CAST(state AS text) FROM payment_order")
        return str(state)

    def payments(self) -> list[tuple[str, int, int]]:
        return self.books.rows("SELECT trx_id, principal, penalty FROM payment ORDER BY 1")

    def verdicts(self) -> list[tuple[str, str]]:
        return self.books.rows("SELECT kind, verdict FROM bank_message ORDER BY message_id")

    def refusals(self) -> list[str]:
        found = self.books.rows("SELECT reason FROM refused_message ORDER BY message_id")
        return [reason for (reason,) in found]

    def kept(self) -> dict[str, str]:
        """The fields of the only message in the journal."""
        ((raw,),) = self.books.rows("SELECT raw FROM bank_message")
        return dict(parse_qsl(raw, keep_blank_values=True))

    def asked(self) -> list[str]:
        """What the bank was asked since the payment was begun."""
        return [call for call, _ in self.bank.heard if call != "PaymentInitServlet"]
