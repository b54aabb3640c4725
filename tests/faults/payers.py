"""Payers of two banks that may do anything to them, and a crook beside them."""

import asyncio
import random
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace

import psycopg2
from aiohttp import ClientSession

from lkcap.banks.base import BankRefused, BankUnavailable
from lkcap.banks.gpb.start import start_url
from lkcap.banks.sngb.client import SngbClient
from lkcap.config import Config
from lkcap.demo.bank import BankServer, Fault, Way
from lkcap.demo.bank.bank import new_trx_id
from lkcap.demo.bank.cards import CARDS
from lkcap.demo.bank.desk import settle, tell
from lkcap.demo.bank.model import Attempt, Message, Result, Wire
from lkcap.kit.db import Connection, Database
from lkcap.kit.errors import DatabaseUnavailable
from lkcap.payments import orders
from lkcap.payments.order import Split, new_order_id
from tests.factory import Books
from tests.faults.crashing import patiently

WAYS = [Way.GOOD] * 8 + [Way.SBP, Way.REFUSED, Way.CANCEL, Way.EARLY]
GPB_FAULTS = [
    Fault.OVERPAID, Fault.UNDERPAID, Fault.FAIL_FIRST, Fault.REORDER, Fault.SECOND_SUCCESS,
    Fault.OLD_KEY, Fault.ORDER_2018, Fault.NO_MERCHANT_TRX, Fault.UNKNOWN_PARAMETERS,
    Fault.BROWSER_FIRST, Fault.REPEAT, Fault.TEN_AT_ONCE, Fault.SILENT,
]  # fmt: skip
SNGB_FAULTS = [
    Fault.OVERPAID, Fault.UNDERPAID, Fault.FAIL_FIRST, Fault.REORDER, Fault.UNKNOWN_PARAMETERS,
    Fault.BROWSER_FIRST, Fault.REPEAT, Fault.TEN_AT_ONCE, Fault.SILENT, Fault.FORGED,
]  # fmt: skip
BANK_ACCOUNT = "FA4E0000000000000000000000000002"
# How often he knocks at a site that is down.
VISITS = 40
EXPIRE = "UPDATE payment_order SET expires_at = now() - interval '1 minute' WHERE order_id = %s"
# What the bank owes an answer about may be asked after a minute, and expires after half an hour.
PASS = """
    UPDATE payment_order SET sent_at = sent_at - interval '5 minutes', asked_at = NULL,
           expires_at = expires_at - interval '1 hour'
     WHERE state IN ('created', 'checked', 'failed', 'cancelled', 'expired')
"""


@dataclass(frozen=True, slots=True)
class Account:
    account_id: int
    number: str


@dataclass(slots=True)
class Payers:
    """`ordered` is whose every order is; `held` are messages the bank keeps to itself for now."""

    books: Books
    bank: BankServer
    config: Config
    chance: random.Random
    accounts: list[Account] = field(init=False)
    ordered: dict[str, Account] = field(default_factory=dict)
    # orders that the site knows nothing of
    strange: set[str] = field(default_factory=set)
    held: list[tuple[Attempt, Message]] = field(default_factory=list)
    # pages of orders that wait until they have expired
    late: list[str] = field(default_factory=list)
    forgeries: int = 0
    _database: Database = field(init=False)
    _http: ClientSession = field(init=False)
    _sngb: SngbClient = field(init=False)

    def __post_init__(self) -> None:
        rows = self.books.rows("SELECT account_id, number FROM account ORDER BY account_id")
        self.accounts = [Account(*row) for row in rows]
        self._database = Database(self.books.database, size=12)
        self._http = ClientSession()
        self._sngb = SngbClient(self.config.sngb, self._http)

    async def close(self) -> None:
        await self._database.close()
        await self._http.close()

    async def pay_once(self) -> None:
        kind = self.chance.random()
        if kind < 0.01:
            await self._pay_strange()
            return
        page = await self._page_of_sngb() if kind < 0.2 else await self._page_of_gpb()
        if page is None:
            return
        attempt = self._attempt(page)
        faults = SNGB_FAULTS if attempt.wire is Wire.SNGB else GPB_FAULTS
        attempt.faults |= set(self.chance.sample(faults, self.chance.choice((0, 0, 1, 1, 2))))
        if self.chance.random() < 0.04:
            await patiently(lambda: self.books.rows(EXPIRE, attempt.order))
            self.late.append(page)
        else:
            await self.submit(page)

    async def submit(self, page: str) -> None:
        attempt, way = self._attempt(page), self.chance.choice(WAYS)
        await self.bank.payer.submit(page, way)
        if way is Way.CANCEL and self.chance.random() < 0.3:
            # cancelled, and paid all the same
            await tell(self.bank.bank, attempt, Result.PAID, is_new=True, faults=set())
        told = [one for one in attempt.messages if one.kind != "check"]
        if Fault.SILENT in attempt.faults:
            self.held += [(attempt, one) for one in told]
        if told and attempt.wire is Wire.GPB and self.chance.random() < 0.05:
            await self._forge(told[0])

    def _attempt(self, page: str) -> Attempt:
        return self.bank.bank.attempts[page.rpartition("/")[2]]

    async def _page_of_gpb(self) -> str | None:
        order_id, _ = await self._order("gpb")
        back = f"{self.config.public_url}/payment/{order_id}"
        for _ in range(VISITS):
            page = await self.bank.payer.open(start_url(self.config.gpb, order_id, back, back))
            if not self._attempt(page).refusal:
                return page
            await asyncio.sleep(self.chance.uniform(0.05, 0.4))
        return None

    async def _page_of_sngb(self) -> str | None:
        order_id, amount = await self._order("sngb")
        try:
            begun = await self._sngb.init(order_id, amount)
        except (BankUnavailable, BankRefused):
            return None
        await self._write(lambda conn: orders.mark_sent(conn, order_id, begun.payment_id))
        return await self.bank.payer.open(begun.url)

    async def _order(self, bank: str) -> tuple[str, int]:
        order_id, account = new_order_id(), self.chance.choice(self.accounts)
        sums = Split(self.chance.randrange(1, 500_000), self.chance.randrange(0, 400))
        self.ordered[order_id] = account
        await self._write(
            lambda conn: orders.add_order(
                conn, order_id, account_id=account.account_id, subscriber_id=None, bank=bank,
                bank_account=BANK_ACCOUNT, sums=sums, fee=None, minutes=30, parts=(),
            ),
        )  # fmt: skip
        return order_id, sums.principal + sums.penalty

    async def _write(self, what: Callable[[Connection], Awaitable[None]]) -> None:
        """Until the database is there to do it; an order that is there already is ours."""
        for _ in range(100 * VISITS):
            try:
                async with self._database.transaction() as conn:
                    await what(conn)
                return
            except DatabaseUnavailable:
                await asyncio.sleep(0.1)
            except psycopg2.errors.UniqueViolation:
                return
        raise AssertionError("the database does not come back")

    async def _pay_strange(self) -> None:
        """Money for an order that the site has lost; the bank knows the account by other means."""
        order_id = new_order_id()
        attempt = Attempt(
            new_trx_id(), Wire.GPB, order_id, self.bank.bank.settings.now(),
            self.config.public_url, self.config.public_url, {"o.order_id": order_id},
            amount=self.chance.randrange(1, 500_000), merchant_trx=order_id,
            account_id=BANK_ACCOUNT,
        )  # fmt: skip
        self.ordered[order_id] = self.chance.choice(self.accounts)
        self.strange.add(order_id)
        self.bank.bank.open(attempt)
        await settle(self.bank.bank, attempt, Result.PAID, CARDS[Way.GOOD])

    async def _forge(self, message: Message) -> None:
        """A genuine message with a word changed or added: it must not be accepted."""
        old, new = self.chance.choice(
            (
                ("trx_id=", "trx_id=X"),
                ("result_code=", "result_code=1&result_code="),
                ("&ts=", "&amount=99999999&ts="),
                ("&signature=", "&result_code=1&amount=77700&signature="),
                ("account_id=", "p.extra=1&account_id="),
            )
        )
        forged = replace(
            message, url=message.url.replace(old, new, 1), sendings=[], answered=asyncio.Event()
        )
        sending = await self.bank.bank.courier.send(forged)
        assert not sending.is_accepted, forged.url
        self.forgeries += 1

    async def let_time_pass(self) -> None:
        await patiently(lambda: self.books.rows(PASS))
