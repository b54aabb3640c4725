"""The bank put together, and run on a port of its own."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from aiohttp import web

from lkcap.demo.bank import gpb_views, page, panel, render, sngb_views
from lkcap.demo.bank.bank import BANK, Bank
from lkcap.demo.bank.cards import Way
from lkcap.demo.bank.courier import Courier
from lkcap.demo.bank.faults import Fault
from lkcap.demo.bank.keys import load_keys
from lkcap.demo.bank.model import Attempt, Payment
from lkcap.demo.bank.payer import Payer
from lkcap.demo.bank.settings import BankSettings

ROUTES = (
    web.get("/payment/start.wsm", gpb_views.start),
    web.get("/merchantapi/refund", gpb_views.refund),
    web.post("/ECommerce/PaymentInitServlet", sngb_views.init),
    web.get("/ECommerce/hppaction", sngb_views.page),
    web.post("/ECommerce/PaymentTranServlet", sngb_views.refund),
    web.get("/ECommerce/v1/payments/{id}", sngb_views.list_payments),
    web.get("/ECommerce/v1/transactions/{id}", sngb_views.list_transactions),
    web.get("/pay/{id}", page.show),
    web.post("/pay/{id}", page.pay),
    web.get("/panel", panel.show),
    web.get("/panel.json", panel.state),
    web.post("/panel/faults", panel.set_faults),
    web.get("/panel/{id}", panel.show_attempt),
    web.post("/panel/{id}/faults", panel.set_faults_of_attempt),
    web.post("/panel/{id}/messages", panel.add_message),
    web.post("/panel/{id}/messages/{n}", panel.send),
    web.get("/book.json", panel.book),
    web.get("/bank.css", render.sheet),
)


def make_bank(settings: BankSettings) -> web.Application:
    """Blocks for half a second at the first start, while the keys are made in `settings.data`."""
    app = web.Application()
    app[BANK] = Bank(settings, load_keys(settings.data))
    app.cleanup_ctx.append(_courier)
    app.add_routes(ROUTES)
    return app


async def _courier(app: web.Application) -> AsyncIterator[None]:
    """It needs the running loop; the shop gets nothing more once the bank is closed."""
    app[BANK].courier = Courier(app[BANK].settings)
    yield
    await app[BANK].courier.close()


@dataclass(frozen=True, slots=True)
class BankServer:
    """A running bank; `url` is its address without a slash at the end."""

    url: str
    bank: Bank
    payer: Payer

    @property
    def book(self) -> list[Payment]:
        return self.bank.book

    @property
    def faults(self) -> set[Fault]:
        """Of all attempts: add to it and take from it at will."""
        return self.bank.faults

    def attempt(self, order: str) -> Attempt:
        """The last one of the shop's order."""
        attempts = [one for one in self.bank.attempts.values() if one.order == order]
        return attempts[-1]

    async def pay(self, start_url: str, way: Way = Way.GOOD) -> str:
        """Where the payer's browser is sent in the end; that address is not opened."""
        return await self.payer.pay(start_url, way)

    async def settled(self) -> None:
        """Until no message is on its way; those that wait for the panel's button go on waiting."""
        await self.bank.courier.settled()


@asynccontextmanager
async def running(
    settings: BankSettings, host: str = "127.0.0.1", port: int = 0
) -> AsyncIterator[BankServer]:
    """Serve inside the block. Port 0: whichever is free. Raises OSError where it is taken."""
    app = make_bank(settings)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=1)
    await runner.setup()
    try:
        site = web.TCPSite(runner, host, port)
        await site.start()
        url = f"http://{host}:{site.port}"
        yield BankServer(url, app[BANK], Payer(url, settings.now))
    finally:
        await runner.cleanup()
