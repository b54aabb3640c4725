"""An accountant at the desk, and books with a payment of 879,97 by card."""

from collections.abc import AsyncIterator

import pytest

from lkcap.config import Config
from tests.browserless import Browser
from tests.conftest import PASSWORD
from tests.factory import Books
from tests.payments.conftest import NUMBER
from tests.payments.taken import Till
from tests.staff.desk import Desk


@pytest.fixture
async def trx_id(books: Books) -> str:
    books.house().account(NUMBER).account("22", premises="28").entry("2026-10").load()
    return (await Till(books).pay()).trx_id


@pytest.fixture
async def olga(trx_id: str, browser: Browser, config: Config) -> Browser:
    await Desk(config).enter(browser, "accountant", "olga")
    return browser


@pytest.fixture
async def pavel(trx_id: str, browser: Browser, config: Config) -> AsyncIterator[Browser]:
    async with Browser(browser.server, PASSWORD) as one:
        await Desk(config).enter(one, "accountant", "pavel")
        yield one
