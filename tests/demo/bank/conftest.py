"""A bank and a shop that know each other."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from lkcap.demo.bank import BankServer, BankSettings, GpbTerms, SngbTerms, running
from tests.demo.bank.shop import FEE, MERCH, NOW, Shop


@pytest.fixture(scope="session")
def keys(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("bank")


@pytest.fixture
async def shop(keys: Path) -> AsyncIterator[Shop]:
    shop = Shop(keys)
    async with shop.server:
        yield shop


@pytest.fixture
def settings(shop: Shop, keys: Path) -> BankSettings:
    """TLS ends before the shop, so what is signed is not what is called."""
    gpb_terms = GpbTerms(
        MERCH,
        check_url=f"{shop.url}/check",
        register_url="https://shop.example.com/register",
        register_at=f"{shop.url}/register",
        basic_auth="bank:secret",
        api_password="refunds",
    )
    sngb_terms = SngbTerms(
        merchant="7000",
        terminal="7000-alias",
        psk="fake-psk",
        token="token",
        notify_url=f"{shop.url}/notify",
        success_url="http://shop.example.com/return",
        error_url="http://shop.example.com/return?bad=1",
    )
    return BankSettings(
        keys, gpb_terms, sngb_terms, FEE, (0, 0, 0), 5, slow_card=0, browser_lead=0, now=lambda: NOW
    )


@pytest.fixture
async def bank(settings: BankSettings) -> AsyncIterator[BankServer]:
    async with running(settings) as bank:
        yield bank
