"""A site and a bank that know each other: two real servers, each with its side of the terms."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from aiohttp.test_utils import TestServer, unused_port
from argon2 import PasswordHasher
from argon2.profiles import CHEAPEST

from lkcap.app import make_app
from lkcap.config import Config
from lkcap.demo.acquiring import bank_settings, merchant_settings
from lkcap.demo.bank import BankServer, Way, running
from lkcap.kit.workers import Workers
from tests.browserless import Answer, Browser
from tests.conftest import PASSWORD, settings
from tests.factory import Books
from tests.payments.conftest import FUND

# Noon in Moscow of the day the tests live in.
NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Shop:
    """`browser` is a subscriber's, or a guest's while he is not logged in."""

    bank: BankServer
    browser: Browser
    books: Books
    config: Config

    async def start(self, principal: str = "879,97", penalty: str = "0,32", **more: str) -> Answer:
        """Send the form of the payment page."""
        return await self.browser.post("/payment", principal=principal, penalty=penalty, **more)

    async def pay(self, way: Way = Way.GOOD, **sums: str) -> str:
        """Go the whole way; the address of the result page."""
        started = await self.start(**sums)
        assert started.status == 303, started.body.decode()
        address = await self.bank.pay(started.location, way)
        await self.bank.settled()
        return address.removeprefix(self.config.public_url)

    def entries(self) -> list[tuple[str, int]]:
        """(kind, kopecks) of the payments the ledger holds, in transit and taken back."""
        return self.books.rows(
            "SELECT CAST(kind AS text), amount FROM entry WHERE op = 'payment' AND load_id = 0"
            " ORDER BY kind, amount DESC"
        )

    def balances(self) -> dict[str, int]:
        """What the account owes by the kept balances, in transit included."""
        return dict(
            self.books.rows("SELECT CAST(kind AS text), balance + in_transit FROM account_balance")
        )

    def verdicts(self) -> list[tuple[str, str]]:
        return self.books.rows("SELECT kind, verdict FROM bank_message ORDER BY message_id")

    def refusals(self) -> list[tuple[str, str]]:
        return self.books.rows("SELECT kind, reason FROM refused_message ORDER BY message_id")

    def state(self) -> str:
        """Of the only order."""
        ((state,),) = self.books.rows("SELECT CAST(state AS text) FROM payment_order")
        return str(state)


@asynccontextmanager
async def open_shop(
    books: Books, workers: Workers, folder: Path, **more: object
) -> AsyncIterator[Shop]:
    """`more` are settings of the cabinet."""
    port = unused_port()
    site = f"http://127.0.0.1:{port}"
    terms = replace(
        bank_settings(site, folder / "bank"), pauses=(0.01, 0.01, 0.01), slow_card=0.01,
        browser_lead=0.01, now=lambda: NOW,
    )  # fmt: skip
    async with running(terms) as bank:
        merchant = merchant_settings(bank.url, site, folder / "bank") | {"fee": {}}
        values = {"fund": FUND, "public_url": site, "timezone": "Asia/Yekaterinburg"}
        config = Config(**settings(books.database, **(values | merchant | more)))
        app = make_app(config, PasswordHasher.from_parameters(CHEAPEST), workers)
        async with (
            TestServer(app, port=port) as server,
            Browser(server, PASSWORD) as browser,
        ):
            yield Shop(bank, browser, books, config)
