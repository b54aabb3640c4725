"""The fake bank on a port of its own, and our client that speaks to it."""

from collections.abc import AsyncIterator

import pytest
from aiohttp import ClientSession, web
from aiohttp.test_utils import TestServer

from lkcap.banks.sngb.client import SngbClient
from lkcap.banks.wire import new_session
from lkcap.config import Config, Sngb
from tests.banks.sngb.bank import MERCHANT, PSK, TERMINAL, TOKEN, FakeBank
from tests.banks.sngb.cabinet import Cabinet
from tests.browserless import Browser
from tests.conftest import settings
from tests.factory import Books

ORDER = "KR-2026-000123"


def terms(url: str, **more: object) -> Sngb:
    return Sngb(
        **{
            "init_url": f"{url}/ECommerce/PaymentInitServlet",
            "tran_url": f"{url}/ECommerce/PaymentTranServlet",
            "status_url": f"{url}/ECommerce",
            "merchant": MERCHANT,
            "terminal": TERMINAL,
            "psk": PSK,
            "token": TOKEN,
        }
        | more
    )


@pytest.fixture
async def bank() -> AsyncIterator[FakeBank]:
    bank = FakeBank()
    async with TestServer(bank.app) as server:
        bank.url = str(server.make_url("/")).rstrip("/")
        yield bank
        bank.let_go.set()


@pytest.fixture
async def http() -> AsyncIterator[ClientSession]:
    async with new_session() as session:
        yield session


@pytest.fixture
def client(bank: FakeBank, http: ClientSession) -> SngbClient:
    return SngbClient(terms(bank.url), http)


@pytest.fixture
def hasty(bank: FakeBank, http: ClientSession) -> SngbClient:
    """Waits for no time at all: for banks that hold their answer."""
    return SngbClient(terms(bank.url), http, timeout_seconds=0.2)


@pytest.fixture
async def payment_id(client: SngbClient) -> str:
    """A payment that the bank has begun, of 12 345,56 ₽."""
    return (await client.init(ORDER, 12_345_56)).payment_id


@pytest.fixture
def config(database: str, bank: FakeBank) -> Config:
    """A cabinet that is paid through the fake bank."""
    return Config(**settings(database, bank="sngb", sngb=terms(bank.url)))


@pytest.fixture
async def cabinet(bank: FakeBank, browser: Browser, books: Books, app: web.Application) -> Cabinet:
    books.house().account().entry("2026-11").load()
    cabinet = Cabinet(bank, browser, books, app)
    await cabinet.begin()
    return cabinet
